// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a server, SQLite in a file: what a {@link #write} has changed is on the disk when it returns, and survives the
 * death of the process and of the machine. Any thread may use it, one at a time.
 */
public final class Database implements AutoCloseable {
  private static final int BUSY_MILLIS = 10_000;

  private final Path file;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();

  /** What is done with the connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the file, or makes it, and brings its tables to this version's.
   *
   * @throws InputException if it is no such database, or a newer version's; one line
   */
  public static Database open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    SqliteLibrary.placeBeside(file);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return new Database(file, source.getConnection());
    } catch (FlywayException | SQLException e) {
      throw new InputException(
          "cannot open the database '" + file + "': " + cause(e) + "; name another folder with --home, or run the version of arturo"
              + " that has made it", e);
    }
  }

  private static String cause(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
  }

  /** Reads. */
  <T> T read(Work<T> work) {
    lock.lock();
    try {
      return work.with(connection);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes one change of several: all of them are kept, or, if it throws, none.
   *
   * @throws OperationException if they cannot be
   */
  public void inTransaction(Runnable work) {
    write(
        _ -> {
          work.run();
          return null;
        });
  }

  /** Writes; within another write, as a part of that. */
  <T> T write(Work<T> work) {
    lock.lock();
    try {
      return lock.getHoldCount() > 1 && !connection.getAutoCommit() ? work.with(connection) : transaction(work);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T transaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.with(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private OperationException failed(SQLException e) {
    return new OperationException(
        "cannot use the database '" + file + "': " + cause(e) + "; see that the disk has room and can be written", e);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }
}
