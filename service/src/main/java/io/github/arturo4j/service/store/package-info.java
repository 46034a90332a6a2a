// SPDX-License-Identifier: Apache-2.0
/** What the server keeps in its database: jobs, attempts, tokens, the audit trail. */
package io.github.arturo4j.service.store;
