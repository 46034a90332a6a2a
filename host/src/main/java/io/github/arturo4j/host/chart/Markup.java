// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes HTML and SVG that is well-formed XML too, with every text and attribute escaped. */
public final class Markup {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  /** Nothing yet. */
  public Markup() {
    try {
      writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One call of the writer, which writes to memory and so cannot fail. */
  private interface Call {
    void run() throws XMLStreamException;
  }

  private Markup call(Call call) {
    try {
      call.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** That of HTML. */
  public Markup doctype() {
    return call(() -> writer.writeDTD("<!DOCTYPE html>"));
  }

  /** Begins an element; attributes are names and values in turn. */
  public Markup open(String element, String... attributes) {
    call(() -> writer.writeStartElement(element));
    return attributes(attributes);
  }

  /** Ends the innermost element. */
  public Markup close() {
    return call(writer::writeEndElement);
  }

  /** Text in an element. */
  public Markup text(String words) {
    return call(() -> writer.writeCharacters(legal(words)));
  }

  /** A new line. */
  public Markup line() {
    return text("\n");
  }

  /** An element with a text in it. */
  public Markup element(String element, String words, String... attributes) {
    return open(element, attributes).text(words).close();
  }

  /** An element without content, of those that HTML does not close either, or of SVG. */
  public Markup empty(String element, String... attributes) {
    call(() -> writer.writeEmptyElement(element));
    return attributes(attributes);
  }

  private Markup attributes(String... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      String name = attributes[i];
      String value = attributes[i + 1];
      call(() -> writer.writeAttribute(name, legal(value)));
    }
    return this;
  }

  /** The text without the control characters that XML cannot hold. */
  private static String legal(String words) {
    return words.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }

  /** What was written. */
  @Override
  public String toString() {
    call(writer::flush);
    return text.toString();
  }
}
