/**
 * The chaos harness: relay, PostgreSQL and the outside world as processes of their own, a known stream of messages, faults
 * by name, and a ledger of what became of what was acknowledged. {@code bench/chaos} runs it, {@code docs/chaos.md} tells of it.
 */
package dev.amorelay.chaos;
