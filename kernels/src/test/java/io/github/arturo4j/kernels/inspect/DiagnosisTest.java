// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack one thing each, as trees of files. */
class DiagnosisTest {
  @TempDir Path root;
  private Path sdk;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> unloadable = new HashMap<>();
  private final Set<Path> closed = new HashSet<>();

  /** A machine on which all is right: an SDK with the OpenCL backend, and PoCL. */
  @BeforeEach
  void install() throws IOException {
    sdk = root.resolve("opt/tornadovm");
    write("opt/tornadovm/lib/libtornado-opencl.so", "");
    needsLibrary("opencl");
    backends("opencl-backend");
    environment.put("TORNADOVM_HOME", sdk.toString());
    write("etc/OpenCL/vendors/pocl.icd", "libpocl.so.2\n");
  }

  private Path write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  /** As up to 5.2, and where a later release still calls a driver through a library of its own. */
  private void needsLibrary(String backend) throws IOException {
    write("opt/tornadovm/share/java/tornado/tornado-drivers-" + backend + "-jni-5.2.0-jdk25-libs.jar", "");
  }

  private void backends(String list) throws IOException {
    write("opt/tornadovm/etc/tornado.backend", "tornado.backends=" + list);
  }

  private Machine machine() {
    return new Machine(
        root, environment, name -> Optional.ofNullable(unloadable.get(name)), path -> !closed.contains(path));
  }

  private void found(String line) {
    assertThat(Diagnosis.ofStart(machine())).hasValue(line);
  }

  @Test
  void whereAllIsRightNothingIsFound() throws IOException {
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    assertThat(Diagnosis.ofDevices(machine())).isEmpty();
    backends("spirv-backend, another-backend");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
  }

  @Test
  void withoutAnSdkOrItsListOfBackendsNothingIsKnown() throws IOException {
    unloadable.put("libOpenCL.so.1", "libOpenCL.so.1: cannot open shared object file");
    Files.delete(sdk.resolve("etc/tornado.backend"));
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    environment.remove("TORNADOVM_HOME");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
  }

  @Test
  void anSdkWithoutItsLibrary() throws IOException {
    Files.delete(sdk.resolve("lib/libtornado-opencl.so"));
    unloadable.put("libOpenCL.so.1", "libOpenCL.so.1: cannot open shared object file");
    found("the SDK in '" + sdk + "' has no lib/libtornado-opencl.so, which its etc/tornado.backend asks for;"
        + " unpack the SDK anew and set TORNADOVM_HOME to it");
  }

  @Test
  void anSdkForAnotherSystem() {
    String library = sdk.resolve("lib/libtornado-opencl.so").toString();
    unloadable.put(library, "libstdc++.so.6: version `GLIBCXX_3.4.32' not found");
    found("the SDK's lib/libtornado-opencl.so does not load (libstdc++.so.6: version `GLIBCXX_3.4.32' not found);"
        + " install an SDK that is built for this system and set TORNADOVM_HOME to it");
  }

  @Test
  void noOpenClLoader() {
    unloadable.put("libOpenCL.so.1", "libOpenCL.so.1: cannot open shared object file: No such file or directory");
    found("the OpenCL loader libOpenCL.so.1 is missing; 'apt-get install ocl-icd-libopencl1'");
  }

  @Test
  void aBrokenOpenClLoader() {
    unloadable.put("libOpenCL.so.1", "/usr/lib/libOpenCL.so.1: invalid ELF header");
    found("the OpenCL loader is broken (/usr/lib/libOpenCL.so.1: invalid ELF header);"
        + " 'apt-get install --reinstall ocl-icd-libopencl1'");
    environment.put("LD_LIBRARY_PATH", ":/opt/other:/usr/lib");
    found("the OpenCL loader is broken (/usr/lib/libOpenCL.so.1: invalid ELF header);"
        + " 'unset LD_LIBRARY_PATH', which leads to it");
  }

  @Test
  void anOpenClBackendThatCallsTheLoaderItselfHasNoLibrary() throws IOException {
    Files.delete(sdk.resolve("lib/libtornado-opencl.so"));
    Files.delete(sdk.resolve("share/java/tornado/tornado-drivers-opencl-jni-5.2.0-jdk25-libs.jar"));
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    unloadable.put("libOpenCL.so.1", "libOpenCL.so.1: cannot open shared object file");
    found("the OpenCL loader libOpenCL.so.1 is missing; 'apt-get install ocl-icd-libopencl1'");
  }

  @Test
  void noCompilerForCuda() throws IOException {
    backends("cuda-backend");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    String missing = "the SDK's backend 'cuda' needs, besides NVIDIA's driver, CUDA %1$d's own libraries with the"
        + " compiler NVRTC, of which lib%2$s.so.%1$d is missing; 'apt-get install cuda-nvrtc-%1$d-0 cuda-cudart-%1$d-0'"
        + " from NVIDIA's repository, or in a container begin with one of NVIDIA's images nvidia/cuda:%1$d.*-runtime-*,"
        + " or take an SDK with the OpenCL backend alone";
    String error = ": cannot open shared object file: No such file or directory";
    unloadable.put("libnvrtc.so.13", "libnvrtc.so.13" + error);
    found(missing.formatted(13, "nvrtc"));

    String library = write("opt/tornadovm/lib/libtornado-cuda.so", "").toString();
    assertThat(Diagnosis.ofStart(machine())).as("what it loads, it needs").isEmpty();
    unloadable.put(library, "libcudart.so.12" + error);
    found(missing.formatted(12, "cudart"));
    unloadable.put(library, "libstdc++.so.6: version `GLIBCXX_3.4.32' not found");
    assertThat(Diagnosis.ofStart(machine())).hasValueSatisfying(
        line -> assertThat(line).startsWith("the SDK's lib/libtornado-cuda.so does not load (libstdc++"));
    unloadable.put(library, "libnvrtc.so.13" + error);
    unloadable.put("libcuda.so.1", "libcuda.so.1" + error);
    assertThat(Diagnosis.ofStart(machine())).hasValueSatisfying(
        line -> assertThat(line).startsWith("the SDK's backend 'cuda' needs NVIDIA's driver"));
  }

  @Test
  void noNvidiaDriverForPtx() throws IOException {
    backends("ptx-backend");
    write("opt/tornadovm/lib/libtornado-ptx.so", "");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    unloadable.put("libcuda.so.1", "libcuda.so.1: cannot open shared object file: No such file or directory");
    found("the SDK's backend 'ptx' needs NVIDIA's driver, whose library does not load (libcuda.so.1: cannot open shared"
        + " object file: No such file or directory); 'apt-get install nvidia-driver', or in a container '--gpus all',"
        + " or take an SDK with the OpenCL backend alone");
  }

  @Test
  void noRegisteredDriver() throws IOException {
    Files.delete(root.resolve("etc/OpenCL/vendors/pocl.icd"));
    write("etc/OpenCL/vendors/README", "no driver\n");
    String line = "no OpenCL driver is registered in '" + root.resolve("etc/OpenCL/vendors") + "'; for a CPU, 'apt-get"
        + " install pocl-opencl-icd'; for a GPU, install its vendor's driver";
    found(line);
    environment.put("OCL_ICD_VENDORS", "");
    found(line);
    environment.put("OCL_ICD_FILENAMES", "libpocl.so.2");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
  }

  @Test
  void aVariableThatPointsAwayFromTheDrivers() throws IOException {
    for (String variable : new String[] {"OPENCL_VENDOR_PATH", "OCL_ICD_VENDORS"}) {
      Path empty = root.resolve("empty");
      environment.put(variable, empty.toString());
      found("no OpenCL driver is registered in '" + empty + "', to which " + variable + " points; 'unset " + variable
          + "'");
    }
    environment.put("OCL_ICD_VENDORS", write("other/my.icd", "libmine.so\n").toString());
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
    environment.put("OCL_ICD_VENDORS", "libmine.so.1");
    assertThat(Diagnosis.ofStart(machine())).isEmpty();
  }

  @Test
  void registeredDriversWithoutTheirLibraries() throws IOException {
    Path folder = root.resolve("etc/OpenCL/vendors");
    Map<String, String> remedies = Map.of(
        "pocl", "'apt-get install --reinstall pocl-opencl-icd libpocl2'",
        "nvidia-opencl", "'apt-get install --reinstall nvidia-opencl-icd', or in a container '--gpus all' and"
            + " NVIDIA_DRIVER_CAPABILITIES=compute,utility",
        "amdocl64", "'apt-get install --reinstall rocm-opencl'",
        "other", "install that driver anew, or remove what names it");
    for (Map.Entry<String, String> remedy : remedies.entrySet()) {
      String library = "lib" + remedy.getKey() + ".so.1";
      Files.delete(folder.resolve("pocl.icd"));
      Path icd = write("etc/OpenCL/vendors/a.icd", library + "\n");
      unloadable.put(library, library + ": file too short");
      String line =
          "the OpenCL driver that '" + icd + "' names does not load (" + library + ": file too short); "
              + remedy.getValue();
      found(line);
      assertThat(Diagnosis.ofDevices(machine())).containsExactly(line);
      Files.move(icd, folder.resolve("pocl.icd"));
    }
  }

  @Test
  void deviceNodesThatAreClosed() throws IOException {
    write("dev/dri/card0", "");
    closed.add(write("dev/dri/card0", ""));
    closed.add(write("dev/dri/renderD129", ""));
    write("dev/dri/renderD128", "");
    write("dev/kfd", "");
    assertThat(Diagnosis.ofStart(machine())).as("no driver for them").isEmpty();
    write("etc/OpenCL/vendors/amdocl64.icd", "/opt/rocm/lib/libamdocl64.so\n");
    String render = "this user may not open '" + root.resolve("dev/dri/renderD129")
        + "'; 'sudo usermod -aG render,video $USER' and log in again, or in a container --group-add with the node's group";
    found(render);
    closed.add(root.resolve("dev/kfd"));
    found(render.replace("dri/renderD129", "kfd"));

    closed.add(write("dev/nvidia0", ""));
    closed.add(write("dev/nvidia-modeset", ""));
    assertThat(Diagnosis.ofDevices(machine())).as("no driver for NVIDIA").hasSize(1);
    write("etc/OpenCL/vendors/nvidia.icd", "libnvidia-opencl.so.1\n");
    assertThat(Diagnosis.ofDevices(machine())).hasSize(2).first()
        .isEqualTo("this user may not open '" + root.resolve("dev/nvidia0") + "'; 'sudo chmod a+rw /dev/nvidia*'");
    Files.delete(root.resolve("etc/OpenCL/vendors/nvidia.icd"));
    backends("ptx-backend");
    write("opt/tornadovm/lib/libtornado-ptx.so", "");
    assertThat(Diagnosis.ofDevices(machine())).singleElement().asString().contains("nvidia0");
  }

  @Test
  void thisMachineIsLookedAtAsItIs() throws IOException {
    Machine machine = Machine.current();
    assertThat(machine.path("/etc/OpenCL")).isEqualTo(Path.of("/etc/OpenCL"));
    assertThat(machine.environment()).isEqualTo(System.getenv());
    assertThat(machine.open()).accepts(Files.createFile(root.resolve("mine"))).rejects(root.resolve("nothing"));
  }
}
