// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL with values. */
final class Statements {
  private Statements() {}

  /** How a row becomes a value. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = with(connection, sql, values); ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.of(rows));
      }
      return all;
    }
  }

  static <T> Optional<T> one(Connection connection, Row<T> row, String sql, Object... values) throws SQLException {
    return list(connection, row, sql, values).stream().findFirst();
  }

  /** Changes rows; how many. */
  static int run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = with(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Adds a row; the number that it has got. */
  static long insert(Connection connection, String sql, Object... values) throws SQLException {
    run(connection, sql, values);
    return one(connection, row -> row.getLong(1), "SELECT last_insert_rowid()").orElseThrow();
  }

  private static PreparedStatement with(Connection connection, String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(i + 1, value instanceof Instant time ? (Object) time.toEpochMilli() : value);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : (Integer) value;
  }

  static Long whole(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  static Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : (Double) value;
  }
}
