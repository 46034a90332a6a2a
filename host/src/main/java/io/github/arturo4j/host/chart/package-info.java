// SPDX-License-Identifier: Apache-2.0

/** Curves as pictures: SVG, with the style sheet {@code chart.css}; those of a run, of a comparison and of a search. */
package io.github.arturo4j.host.chart;
