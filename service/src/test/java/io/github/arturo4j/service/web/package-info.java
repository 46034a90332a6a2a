// SPDX-License-Identifier: Apache-2.0
/** The page in a browser, before a server with a real queue. */
package io.github.arturo4j.service.web;
