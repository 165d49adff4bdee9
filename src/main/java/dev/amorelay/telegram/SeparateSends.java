package dev.amorelay.telegram;

import org.apache.camel.component.telegram.TelegramEndpoint;
import org.apache.camel.component.telegram.TelegramService;
import org.apache.camel.component.telegram.service.TelegramServiceRestBotAPIAdapter;

/**
 * A Telegram endpoint that puts each message together by itself. In camel-telegram 4.17 all senders of an endpoint fill one and the
 * same body: of two messages that are sent at once, one arrives empty and the other as both.
 */
class SeparateSends extends TelegramEndpoint {

    /**
     * @param made what the component has made
     */
    SeparateSends(TelegramEndpoint made) {
        super(made.getEndpointUri(), made.getComponent(), made.getConfiguration(), made.getClient());
        setBufferSize(made.getBufferSize());
    }

    /** @return a new one for each message */
    @Override
    public TelegramService getTelegramService() {
        return new TelegramServiceRestBotAPIAdapter(getClient(), getConfiguration().getBaseUri(), getConfiguration().getAuthorizationToken(),
                getBufferSize());
    }
}
