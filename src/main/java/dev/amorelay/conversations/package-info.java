/** Chats of the CRM, linked with clients and deals. */
@NullMarked
package dev.amorelay.conversations;

import org.jspecify.annotations.NullMarked;
