// SPDX-License-Identifier: Apache-2.0
/** The processes of jobs: how they are started, found again and stopped, and the files that they and the server share. */
package io.github.arturo4j.service.process;
