// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the segments of a JPEG file say about it (ITU-T T.81, annex B), which its decoder does not tell.
 *
 * @param model what its components are
 * @param orientation as its Exif segment says
 */
record JpegSegments(Model model, Orientation orientation) {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final String JFIF = "JFIF\0";
  private static final String EXIF = "Exif\0\0";
  private static final String ADOBE = "Adobe";
  private static final int ADOBE_TRANSFORM = 11;

  /** What the components of a pixel are. */
  enum Model {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  /** Reads the segments of a file. */
  static JpegSegments of(byte[] file) throws UnreadableImageException {
    return new Reader(ByteBuffer.wrap(file)).read();
  }

  private static final class Reader {
    private final ByteBuffer in;
    private String components = "";
    private boolean jfif;
    private int transform = -1;
    private Orientation orientation = Orientation.TOP_LEFT;

    Reader(ByteBuffer in) {
      this.in = in.position(2);
    }

    JpegSegments read() throws UnreadableImageException {
      for (int marker = next(); marker != START_OF_SCAN; marker = next()) {
        if (in.remaining() < Short.BYTES) {
          throw new UnreadableImageException("truncated");
        }
        int length = Short.toUnsignedInt(in.getShort(in.position()));
        if (length < Short.BYTES || length > in.remaining()) {
          throw new UnreadableImageException("truncated");
        }
        segment(marker, in.slice(in.position() + Short.BYTES, length - Short.BYTES));
        in.position(in.position() + length);
      }
      checkEnd();
      return new JpegSegments(model(), orientation);
    }

    /** The marker that is next: bytes before it are passed over, as decoders do. */
    private int next() throws UnreadableImageException {
      while (in.remaining() > 1) {
        if (in.get() == (byte) 0xff) {
          int marker = in.get(in.position()) & 0xff;
          if (marker != 0xff) {
            in.get();
          }
          if (marker != 0xff && marker > 1 && (marker < 0xd0 || marker > 0xd7)) {
            return marker;
          }
        }
      }
      throw new UnreadableImageException("truncated");
    }

    private void segment(int marker, ByteBuffer content) throws UnreadableImageException {
      if (marker == APP0 && begins(content, JFIF)) {
        jfif = true;
      } else if (marker == APP1 && begins(content, EXIF)) {
        orientation = Orientation.of(content.slice(EXIF.length(), content.limit() - EXIF.length()));
      } else if (marker == APP14 && begins(content, ADOBE) && content.limit() > ADOBE_TRANSFORM) {
        transform = content.get(ADOBE_TRANSFORM) & 0xff;
      } else if (isFrame(marker)) {
        components = components(content);
      } else if (marker == END_OF_IMAGE) {
        throw new UnreadableImageException("damaged: there is no image in it");
      }
    }

    private static boolean begins(ByteBuffer content, String text) {
      byte[] begin = text.getBytes(StandardCharsets.ISO_8859_1);
      return content.limit() >= begin.length && content.slice(0, begin.length).equals(ByteBuffer.wrap(begin));
    }

    /** SOF0 to SOF15, without the tables and reserved markers among them. */
    private static boolean isFrame(int marker) {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** The components' identifiers, as letters. */
    private static String components(ByteBuffer frame) throws UnreadableImageException {
      int count = frame.limit() > 5 ? frame.get(5) & 0xff : 0;
      if (frame.limit() < 6 + 3 * count) {
        throw new UnreadableImageException("damaged: its header ends too early");
      }
      StringBuilder letters = new StringBuilder();
      for (int i = 0; i < count; i++) {
        letters.append((char) (frame.get(6 + 3 * i) & 0xff));
      }
      return letters.toString();
    }

    private void checkEnd() throws UnreadableImageException {
      for (int i = in.limit() - 2; i >= in.position(); i--) {
        if (in.get(i) == (byte) 0xff && (in.get(i + 1) & 0xff) == END_OF_IMAGE) {
          return;
        }
      }
      throw new UnreadableImageException("truncated");
    }

    /** As libjpeg tells it (jdapimin.c). */
    private Model model() throws UnreadableImageException {
      return switch (components.length()) {
        case 1 -> Model.GREY;
        case 3 -> !jfif && (transform == 0 || transform < 0 && components.equals("RGB")) ? Model.RGB : Model.YCC;
        case 4 -> transform == 2 ? Model.YCCK : Model.CMYK;
        default -> throw new UnreadableImageException("no image of 1, 3 or 4 components: it has " + components.length());
      };
    }
  }
}
