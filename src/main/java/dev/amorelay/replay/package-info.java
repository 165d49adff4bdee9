/** What a person does with waiting work: looks at it, pauses a kind of it, lets it be done once more. */
package dev.amorelay.replay;
