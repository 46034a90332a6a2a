// SPDX-License-Identifier: Apache-2.0

/**
 * Arrays of NumPy's, in files .npy and archives .npz: read ({@link io.github.arturo4j.host.data.numpy.NpyArray}), and taken for
 * examples ({@link io.github.arturo4j.host.data.numpy.NumpyExamples}).
 */
package io.github.arturo4j.host.data.numpy;
