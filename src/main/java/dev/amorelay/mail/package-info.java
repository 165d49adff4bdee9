/** Mail out. */
@NullMarked
package dev.amorelay.mail;

import org.jspecify.annotations.NullMarked;
