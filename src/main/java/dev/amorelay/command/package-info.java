/** What the jar can do besides running: each command is one line of {@link dev.amorelay.command.Commands}. */
package dev.amorelay.command;
