// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import io.github.arturo4j.collective.Collectives;
import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.host.cli.Unsaid;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.run.FolderLock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The process of a job: runs the command that its folder orders, and leaves there how that has ended. Of a job for several devices a
 * launcher starts several, one for each; but for the first, they run the command and no more.
 */
public final class JobProcess {
  private JobProcess() {}

  /** What starts it. */
  public static Processes.Program program(JavaCommand java) {
    return (folder, attempt) -> java.of(JobProcess.class, folder.path().toString(), Integer.toString(attempt));
  }

  /**
   * Runs it.
   *
   * @param arguments the job's folder, and the number of the attempt that this process is for
   */
  public static void main(String[] arguments) throws IOException {
    JobFolder folder = new JobFolder(Path.of(arguments[0]));
    int attempt = Integer.parseInt(arguments[1]);
    System.exit(Collectives.rank(System.getenv()) == 0 ? run(folder, attempt) : follow(folder, attempt));
  }

  private static int follow(JobFolder folder, int attempt) throws IOException {
    Order order = Order.read(folder).orElse(null);
    return order == null || order.attempt() != attempt ? Outcome.STOPPED : command(folder, order);
  }

  private static int command(JobFolder folder, Order order) throws IOException {
    Path here = Path.of("").toAbsolutePath(); // the data root: nobody but the server's admin knows where it lies
    Unsaid unsaid = Unsaid.of(folder.path(), folder.path().toRealPath(), folder.from(here).path(), here);
    return Main.run(unsaid, order.arguments().toArray(String[]::new));
  }

  private static int run(JobFolder folder, int attempt) throws IOException {
    try (FolderLock _ = FolderLock.take(folder.path())) {
      Claim.ofThisProcess(attempt).write(folder); // before it looks at the order, so that a server that takes it back knows of it
      Order order = Order.read(folder).orElse(null);
      if (order == null || order.attempt() != attempt) {
        new Outcome(attempt, Outcome.STOPPED, null).write(folder);
        return Outcome.STOPPED;
      }
      int code = command(folder, order);
      String failure = code == Outcome.DONE || code == Outcome.STOPPED ? null : LogTail.failure(folder.log());
      new Outcome(attempt, code, failure).write(folder);
      return code;
    } catch (OperationException e) { // the folder is another process's
      return Outcome.STOPPED;
    }
  }
}
