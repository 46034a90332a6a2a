// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.common;

/** A call of a native library, for the provider of that library. */
public class LibraryTaskDescriptor {
  private String libraryName;
  private String functionName;
  private Object[] parameters;
  private Access[] access;
  private Object tuning;

  /** Nothing is said yet. */
  public LibraryTaskDescriptor() {}

  /** Sets the name by which the provider is found. */
  public LibraryTaskDescriptor withLibrary(String name) {
    libraryName = name;
    return this;
  }

  /** Sets what the provider calls what is to be done. */
  public LibraryTaskDescriptor withFunction(String name) {
    functionName = name;
    return this;
  }

  /** Sets arrays and primitives. */
  public LibraryTaskDescriptor withParameters(Object[] all) {
    parameters = all;
    return this;
  }

  /** Sets what happens to each parameter. */
  public LibraryTaskDescriptor withAccess(Access[] all) {
    access = all;
    return this;
  }

  /** Sets what else the provider is given. */
  public LibraryTaskDescriptor withTuning(Object options) {
    tuning = options;
    return this;
  }

  /** The name by which the provider is found. */
  public String getLibraryName() {
    return libraryName;
  }

  /** What the provider calls what is to be done. */
  public String getFunctionName() {
    return functionName;
  }

  /** Arrays and primitives. */
  public Object[] getParameters() {
    return parameters;
  }

  /** What happens to each parameter. */
  public Access[] getAccess() {
    return access;
  }

  /** What else the provider is given; null for nothing. */
  public Object getTuning() {
    return tuning;
  }
}
