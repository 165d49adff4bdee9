package dev.amorelay.telegram;

import dev.amorelay.telegram.BotApiConnection.NotSent;
import java.io.IOException;

/** Whether Telegram can be reached: told by every request that meets trouble, asked before each. */
interface Reach {

    /** Notes nothing. */
    Reach UNWATCHED = new Reach() {
        @Override
        public boolean isLost() {
            return false;
        }

        @Override
        public void lost(NotSent failure) {
            // nobody listens
        }

        @Override
        public void silent(IOException failure) {
            // nobody listens
        }

        @Override
        public void answered(RuntimeException refusal) {
            // nobody listens
        }
    };

    /** @return whether nothing needs to be tried now */
    boolean isLost();

    /** A request could not leave. */
    void lost(NotSent failure);

    /** A request has left, and no answer came. */
    void silent(IOException failure);

    /** Something was answered that is not Telegram's yes. */
    void answered(RuntimeException refusal);
}
