/** The stand-ins for amoCRM, Telegram and the mailbox, inside the process. Nothing else of the relay knows them. */
@NullMarked
package dev.amorelay.sandbox;

import org.jspecify.annotations.NullMarked;
