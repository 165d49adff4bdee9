/** A mailbox that can be read, and a mail server that can fail. */
@NullMarked
package dev.amorelay.sandbox.mail;

import org.jspecify.annotations.NullMarked;
