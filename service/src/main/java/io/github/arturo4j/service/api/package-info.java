// SPDX-License-Identifier: Apache-2.0
/** What clients and the server send each other, as openapi.yaml says: values only. */
package io.github.arturo4j.service.api;
