// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a browser reads it. */
public record WrittenPage(Document document) {
  private static final String PNG = "data:image/png;base64,";

  /** Parses it; fails if it is not well-formed. */
  public static WrittenPage parse(String xml) {
    try {
      return new WrittenPage(
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The elements of a name. */
  public List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** Their texts. */
  public List<String> texts(String name) {
    return elements(name).stream().map(Element::getTextContent).toList();
  }

  /** The picture in one of its elements img. */
  public BufferedImage picture(int index) throws IOException {
    String source = elements("img").get(index).getAttribute("src");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(source.substring(PNG.length()))));
  }
}
