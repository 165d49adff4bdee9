/** Messages to clients in Telegram. */
package dev.amorelay.telegram;
