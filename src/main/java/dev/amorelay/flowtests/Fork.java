package dev.amorelay.flowtests;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.WhenDefinition;

/**
 * A step that messages may pass by: a choice without {@code otherwise}, or a filter. That way has no step of its own, and is a branch
 * all the same.
 *
 * @param definition the choice or the filter
 */
record Fork(NamedNode definition) {

    private static final String ENTERED = "flowtests.entered.";

    /** The fork that a definition is; {@code null} when all its ways have steps. */
    static Fork at(NamedNode definition) {
        boolean open = definition instanceof FilterDefinition && !(definition instanceof WhenDefinition)
                || definition instanceof ChoiceDefinition choice && choice.getOtherwise() == null;
        return open ? new Fork(definition) : null;
    }

    /** The fork of which a step stands at the top of a way; {@code null} when there is none. */
    static Fork enteredBy(NamedNode step) {
        NamedNode parent = step.getParent();
        return parent == null ? null : at(parent instanceof WhenDefinition ? parent.getParent() : parent);
    }

    /** The way that leads round everything. */
    NodeSeen wayRound(NodeSeen node) {
        return new NodeSeen(node.file(), node.line(), definition instanceof ChoiceDefinition
                ? "choice when no branch is meant (it has no otherwise)" : "filter with a message that it holds back", node.owner());
    }

    void entered(Exchange exchange) {
        exchange.setProperty(key(), true);
    }

    /** Whether the message took a way with steps; asked once. */
    boolean wasEntered(Exchange exchange) {
        return exchange.removeProperty(key()) != null;
    }

    private String key() {
        return ENTERED + System.identityHashCode(definition);
    }
}
