/** What the jar can do besides running: each command is one line of {@link dev.amorelay.command.Commands}. */
@NullMarked
package dev.amorelay.command;

import org.jspecify.annotations.NullMarked;
