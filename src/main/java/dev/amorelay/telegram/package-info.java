/** Messages to clients in Telegram. */
@NullMarked
package dev.amorelay.telegram;

import org.jspecify.annotations.NullMarked;
