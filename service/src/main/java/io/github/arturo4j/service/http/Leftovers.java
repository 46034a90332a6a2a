// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The connections that Jetty (12.1.13) leaves open when it stops, since they were made meanwhile: whoever has made one would wait for
 * an answer that never comes, and a reader whose stream has just ended makes one at that moment.
 */
final class Leftovers implements SelectorManager.AcceptListener, AutoCloseable {
  private final ServerConnector connector;
  private final Set<SelectableChannel> accepting = ConcurrentHashMap.newKeySet();

  /** Those of a connector that runs. */
  Leftovers(ServerConnector connector) {
    this.connector = connector;
    connector.getSelectorManager().addEventListener(this);
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    accepting.add(channel);
  }

  @Override
  public void onAccepted(SelectableChannel channel) {
    accepting.remove(channel); // the connector has it before the threads that make its end point are stopped
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    accepting.remove(channel); // Jetty has closed it
  }

  /** Closes them, once the connector has stopped. */
  @Override
  public void close() {
    connector.getConnectedEndPoints().forEach(EndPoint::close);
    for (SelectableChannel channel : accepting) {
      try {
        channel.close();
      } catch (IOException e) {
        // it is of no use to anybody
      }
    }
  }
}
