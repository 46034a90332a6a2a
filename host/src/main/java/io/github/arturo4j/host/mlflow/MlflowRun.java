// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import java.util.Map;

/**
 * What a training is to a server.
 *
 * @param experiment name of the experiment that it is one of
 * @param name its own
 * @param params its values
 * @param tags what else is known of it
 * @param known id of the run to go on with; null to make one
 * @param start milliseconds since 1970
 */
record MlflowRun(String experiment, String name, Map<String, String> params, Map<String, String> tags, String known, long start) {}
