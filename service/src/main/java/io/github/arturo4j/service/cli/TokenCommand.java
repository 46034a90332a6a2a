// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import picocli.CommandLine.Command;

/** {@code arturo token}. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes, lists and revokes the tokens that open a server. Each needs the token of an administrator.",
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
