// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.arturo4j.host.io.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The header of a file in safetensors format, as the format wants it (https://github.com/huggingface/safetensors,
 * "Format"): every key once, and the tensors, whatever their order in it, side by side from the first byte of the
 * values to the last.
 *
 * @param tensors by name, in the header's order
 */
record SafetensorsHeader(SequencedMap<String, Tensor> tensors, Map<String, String> metadata) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String METADATA = "__metadata__";

  /** Bits of a value of each type. Tensors of other types, of later versions of the format, are left alone. */
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("F4", 4), Map.entry("F6_E2M3", 6), Map.entry("F6_E3M2", 6), Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8), Map.entry("F8_E8M0", 8), Map.entry("BOOL", 8), Map.entry("U8", 8),
          Map.entry("I8", 8), Map.entry("U16", 16), Map.entry("I16", 16), Map.entry("F16", 16), Map.entry("BF16", 16),
          Map.entry("U32", 32), Map.entry("I32", 32), Map.entry("F32", 32), Map.entry("C64", 64), Map.entry("U64", 64),
          Map.entry("I64", 64), Map.entry("F64", 64));

  /**
   * A tensor.
   *
   * @param begin its first byte among the values
   * @param end the byte behind its last
   */
  record Tensor(String type, List<Long> shape, long begin, long end) {
    /** How many values there are. */
    long size() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /** Why a header is none; the message follows "cannot read FILE: ". */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads a header.
   *
   * @param json its bytes
   * @param bytes how many bytes of values follow it
   */
  static SafetensorsHeader read(byte[] json, long bytes) throws Malformed {
    if (json[0] != '{') {
      throw new Malformed("its header is no JSON object");
    }
    // A strict decoder: Jackson's own would take UTF-16 as well, and bytes that are no UTF-8.
    InputStreamReader text =
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(text)) {
      SafetensorsHeader header = new Reader(parser).header();
      header.checkPlaces(bytes);
      return header;
    } catch (StreamConstraintsException e) {
      throw new Malformed("its header has a value that is nested too deep, or a name or number that is too long");
    } catch (JsonProcessingException e) {
      throw new Malformed("its header is no JSON (at character " + e.getLocation().getCharOffset() + ")");
    } catch (CharacterCodingException e) {
      throw new Malformed("its header is no text in UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException(e); // what is read is in memory
    }
  }

  private void checkPlaces(long bytes) throws Malformed {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      checkSize(entry.getKey(), entry.getValue());
    }
    List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Tensor> entry) -> entry.getValue().begin)
            .thenComparingLong(entry -> entry.getValue().end));
    long end = 0;
    String last = "";
    for (Map.Entry<String, Tensor> entry : sorted) {
      Tensor tensor = entry.getValue();
      if (tensor.begin > end) {
        throw new Malformed("bytes " + end + " to " + tensor.begin + " of its values belong to no tensor");
      }
      if (tensor.begin < end) {
        throw new Malformed(
            "tensors " + Printable.value(last) + " and " + Printable.value(entry.getKey()) + " overlap, at byte "
                + tensor.begin);
      }
      end = tensor.end;
      last = entry.getKey();
    }
    if (end > bytes) {
      throw new Malformed("it is truncated: it has " + bytes + " bytes of values, and its header tells of " + end);
    }
    if (end < bytes) {
      throw new Malformed("it goes on for " + (bytes - end) + " bytes behind its last tensor");
    }
  }

  private static void checkSize(String name, Tensor tensor) throws Malformed {
    Integer width = BITS.get(tensor.type);
    if (width == null) {
      return;
    }
    String what =
        "tensor " + Printable.value(name) + " of type " + tensor.type + " and shape "
            + Printable.value(tensor.shape.toString());
    long bits;
    try {
      bits = Math.multiplyExact(tensor.size(), width);
    } catch (ArithmeticException e) {
      throw new Malformed(what + " has more values than can be");
    }
    long length = tensor.end - tensor.begin;
    if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != length) {
      String taken = bits % Byte.SIZE == 0 ? bits / Byte.SIZE + " bytes" : bits + " bits";
      throw new Malformed(what + " takes " + taken + ", but has " + length + " bytes");
    }
  }

  /** Reads the JSON, token by token, so that a long header takes no more memory than what is in it. */
  private record Reader(JsonParser parser) {
    SafetensorsHeader header() throws IOException, Malformed {
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      Set<String> seen = new HashSet<>();
      parser.nextToken();
      for (String key = nextKey("", seen); key != null; key = nextKey("", seen)) {
        if (key.equals(METADATA)) {
          metadata(metadata);
        } else {
          tensors.put(key, tensor(key));
        }
      }
      if (parser.nextToken() != null) {
        throw new Malformed("its header goes on behind the JSON object");
      }
      return new SafetensorsHeader(tensors, metadata);
    }

    /** The next key of an object, whose value is then the current token; null at its end. */
    private String nextKey(String of, Set<String> seen) throws IOException, Malformed {
      if (parser.nextToken() == JsonToken.END_OBJECT) {
        return null;
      }
      String key = parser.currentName();
      if (!seen.add(key)) {
        throw new Malformed("key '" + Printable.value(key) + "'" + of + " is there twice");
      }
      parser.nextToken();
      return key;
    }

    private void metadata(Map<String, String> metadata) throws IOException, Malformed {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw new Malformed("its " + METADATA + " is no object");
      }
      Set<String> seen = new HashSet<>();
      for (String key = nextKey(" of " + METADATA, seen); key != null; key = nextKey(" of " + METADATA, seen)) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
          throw new Malformed("its " + METADATA + " has '" + Printable.value(key) + "', which is no text");
        }
        metadata.put(key, parser.getText());
      }
    }

    private Tensor tensor(String name) throws IOException, Malformed {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw new Malformed("tensor " + Printable.value(name) + " is no object");
      }
      String of = " of tensor " + Printable.value(name);
      String type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      Set<String> seen = new HashSet<>();
      for (String key = nextKey(of, seen); key != null; key = nextKey(of, seen)) {
        switch (key) {
          case "dtype" -> type = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : null;
          case "shape" -> shape = numbers("shape" + of);
          case "data_offsets" -> offsets = numbers("data_offsets" + of);
          default -> parser.skipChildren();
        }
      }
      if (type == null || shape == null) {
        throw new Malformed("there is no " + (type == null ? "dtype" : "shape") + of);
      }
      if (offsets == null || offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
        throw new Malformed("data_offsets" + of + " is not where it begins and where it ends: " + Printable.value("" + offsets));
      }
      return new Tensor(type, List.copyOf(shape), offsets.get(0), offsets.get(1));
    }

    private List<Long> numbers(String what) throws IOException, Malformed {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        throw new Malformed(what + " is no list");
      }
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        boolean whole =
            parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= 0;
        if (!whole) {
          throw new Malformed(
              what + " has " + Printable.value(parser.getText()) + "; it must be whole numbers from 0 on");
        }
        numbers.add(parser.getLongValue());
      }
      return numbers;
    }
  }
}
