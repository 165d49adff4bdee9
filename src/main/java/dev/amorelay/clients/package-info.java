/** Who buys: clients, the CRM contacts and the Telegram users that belong to them. */
@NullMarked
package dev.amorelay.clients;

import org.jspecify.annotations.NullMarked;
