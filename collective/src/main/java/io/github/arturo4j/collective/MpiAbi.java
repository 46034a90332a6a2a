// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.util.List;

/** The binary interfaces of MPI libraries: what their handles are, and what their files are called. */
enum MpiAbi {
  /** Open MPI up to 5: a handle is the address of an object that the library exports. */
  OPEN_MPI("Open MPI", "libmpi.so.40", "libmpi.so"),

  /** MPICH and what is made of it (Intel MPI, MVAPICH, Cray MPICH): a handle is an int. */
  MPICH("MPICH's family", "libmpi.so.12", "libmpich.so.12", "libmpi.so"),

  /** The one that the MPI standard has since its version 5: a handle is an integer of a pointer's size. */
  STANDARD("MPI-5's ABI", "libmpi_abi.so.0", "libmpi_abi.so");

  private final String title;
  private final List<String> files;

  MpiAbi(String title, String... files) {
    this.title = title;
    this.files = List.of(files);
  }

  /** What its files are called, by which the dynamic linker finds them. */
  List<String> files() {
    return files;
  }

  @Override
  public String toString() {
    return title;
  }
}
