/** The Bot API as far as the relay uses it, with chats that can be read. */
@NullMarked
package dev.amorelay.sandbox.telegram;

import org.jspecify.annotations.NullMarked;
