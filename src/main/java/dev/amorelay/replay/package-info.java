/** What a person does with waiting work: looks at it, pauses a kind of it, lets it be done once more. */
@NullMarked
package dev.amorelay.replay;

import org.jspecify.annotations.NullMarked;
