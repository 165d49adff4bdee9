package dev.amorelay.park;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Telegram's word is too old for what is asked: 401, and what the person does about it is told with a code that stays. */
public class ConfirmationRequired extends ParkRefusal {

    /** The problem's {@code code}. */
    static final String CODE = "confirmation-required";

    /** Telegram's word is too old. */
    public ConfirmationRequired() {
        super(401, "Подтвердите, что это вы", "Telegram давно не подтверждал, кто вы. Бот прислал вам код: введите его, и всё, что вы написали, уйдёт."
                + " Если кода нет, поделитесь своим телефоном.", "signed too long ago, not confirmed since");
    }

    @Override
    public ObjectNode problem() {
        return super.problem().put("type", "urn:amo-relay:" + CODE).put("code", CODE);
    }
}
