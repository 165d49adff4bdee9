/** Who buys: clients, the CRM contacts and the Telegram users that belong to them. */
package dev.amorelay.clients;
