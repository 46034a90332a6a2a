// SPDX-License-Identifier: Apache-2.0

/**
 * Pushes trainings to an MLflow server by its <a href="https://mlflow.org/docs/latest/rest-api.html">REST API 2.0</a>, in a thread
 * that no step waits for.
 */
package io.github.arturo4j.host.mlflow;
