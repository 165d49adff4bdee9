/** Chats of the CRM, linked with clients and deals. */
package dev.amorelay.conversations;
