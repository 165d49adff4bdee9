package dev.amorelay.chaos;

import dev.amorelay.chaos.Message.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what was acknowledged against what is there: in the relay's database, the CRM, the mailbox, the chats.
 * Lost is what was acknowledged and is missing in one of them, duplicated what is there more than once under one key.
 */
final class Ledger {

    /** What a comparison found. */
    static final class Findings {
        final Set<String> lost = new TreeSet<>();
        final Set<String> duplicated = new TreeSet<>();
        final Set<String> copiedMails = new TreeSet<>();
        final Set<String> copiedChats = new TreeSet<>();
        final Set<String> doubtfulChats = new TreeSet<>();

        /** @return effects of which the protocol cannot tell whether they happened, and that happened twice or perhaps not */
        int uncertain() {
            return copiedMails.size() + copiedChats.size() + doubtfulChats.size();
        }
    }

    private final Books books;
    private final Findings found = new Findings();

    private Ledger(Books books) {
        this.books = books;
    }

    /** Compares the books of a scenario. */
    static Findings compare(Books books, List<Message> acknowledged) {
        Ledger ledger = new Ledger(books);
        ledger.leads(acknowledged.stream().filter(Message::isLead).toList());
        ledger.hooks(acknowledged.stream().filter(message -> !message.isLead()).toList());
        ledger.sales(acknowledged.stream().filter(message -> message.kind() == Kind.WIN).map(Message::sale).collect(Collectors.toSet()));
        return ledger.found;
    }

    private void leads(List<Message> leads) {
        Map<String, Long> stored = books.storedLeads();
        Map<String, Long> deals = books.crmLeads();
        Map<String, Books.Notes> notes = books.crmNotes();
        Map<String, Books.Copies> mails = books.mails();
        for (Message lead : leads) {
            String token = lead.token();
            once("lead", token, stored.get(token));
            once("CRM lead", token, deals.get(token));
            Books.Notes theirs = notes.getOrDefault(token, Books.Notes.NONE);
            missing(theirs.different() < lead.notes(), "note", token);
            twice(theirs.all() > theirs.different() || theirs.different() > lead.notes(), "note", token);
            Books.Copies copies = mails.getOrDefault(token, Books.Copies.NONE);
            missing(copies.all() == 0, "mail", token);
            twice(copies.different() > 1, "mail", token);
            if (copies.all() > copies.different()) {
                found.copiedMails.add("mail " + token);
            }
        }
        // what was not acknowledged may be there, but not twice
        twice("lead", stored);
        twice("CRM lead", deals);
        Map<String, Long> contacts = books.crmContacts();
        leads.forEach(lead -> missing(!contacts.containsKey(lead.subject()), "contact", lead.subject()));
        twice("contact", contacts);
    }

    private void hooks(List<Message> hooks) {
        Map<String, Books.Event> events = books.events();
        Set<String> deals = books.deals();
        for (Message hook : hooks) {
            Books.Event event = events.getOrDefault(hook.token(), Books.Event.NONE);
            missing(event.processed() == 0, "event", hook.token());
            missing(!deals.contains(hook.subject()), "deal", hook.subject());
        }
        events.forEach((token, event) -> twice(event.stored() > 1, "event", token));
    }

    private void sales(Set<Sale> sales) {
        Map<String, Long> machines = books.machines();
        Map<String, Long> tasks = books.tasks();
        Map<String, Long> chats = books.chatMessages();
        Set<String> doubtful = books.doubtfulMessages();
        for (Sale sale : sales) {
            String deal = String.valueOf(sale.deal());
            if (sale.serial() == null) {
                once("task", deal, tasks.get(deal));
                continue;
            }
            once("machine", deal, machines.get(deal));
            long copies = chats.getOrDefault(String.valueOf(sale.chat()), 0L);
            if (doubtful.contains(sale.serial())) {
                found.doubtfulChats.add("message " + sale.serial());
            } else {
                missing(copies == 0 && !sale.closed(), "message", sale.serial());
            }
            // Telegram knows no key: a send without an answer is repeated once, and both may have arrived
            if (copies == 2) {
                found.copiedChats.add("message " + sale.serial());
            }
            twice(copies > 2, "message", sale.serial());
        }
        twice("machine", machines);
        twice("task", tasks);
    }

    private void once(String what, String key, Long count) {
        missing(count == null, what, key);
    }

    private void missing(boolean isMissing, String what, String key) {
        if (isMissing) {
            found.lost.add(what + " " + key);
        }
    }

    private void twice(String what, Map<String, Long> counts) {
        counts.forEach((key, count) -> twice(count > 1, what, key));
    }

    private void twice(boolean isTwice, String what, String key) {
        if (isTwice) {
            found.duplicated.add(what + " " + key);
        }
    }
}
