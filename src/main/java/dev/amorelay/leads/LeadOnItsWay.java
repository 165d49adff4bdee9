package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CarefulItem;

/**
 * A lead and the card with which it is created.
 *
 * @param delivery the lead
 * @param card the card, less what was left out of it
 */
record LeadOnItsWay(Delivery delivery, CarefulItem card) {

    static LeadOnItsWay of(Delivery delivery, ObjectNode card) {
        return new LeadOnItsWay(delivery, new CarefulItem(card));
    }

    String key() {
        return delivery.lead().id().toString();
    }
}
