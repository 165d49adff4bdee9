package dev.amorelay.chaos;

import dev.amorelay.chaos.Message.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is sent in a scenario, in the same order in every run: leads, hooks about deals that changed, hooks about won ones. */
final class Script {

    /**
     * Shares of the messages in per cent; the rest are hooks about deals that changed.
     *
     * @param leads leads and cart orders
     * @param wins hooks about won deals, two for each deal
     * @param strangers of a hundred leads so many come from a phone that nobody has used before
     */
    record Mix(int leads, int wins, int strangers) {
        static final Mix USUAL = new Mix(8, 6, 50);
    }

    private static final long ACCOUNT = 31000001;
    private static final int KNOWN_PHONES = 50;
    /** A sale is told of again so many messages later. */
    private static final int LATER = 300;

    private final String scenario;
    private final Mix mix;
    private final List<Long> deals;
    private final Deque<Sale> sales;
    private final Deque<Message> again = new ArrayDeque<>();
    private final Random dice;
    private final int phones;
    private int number;

    /**
     * @param number of the scenario in the run: its phones are nobody else's
     * @param deals that may change
     * @param sales won deals, each told of twice
     */
    Script(String scenario, int number, Mix mix, List<Long> deals, List<Sale> sales) {
        this.scenario = scenario;
        this.mix = mix;
        this.deals = deals;
        this.sales = new ArrayDeque<>(sales);
        this.dice = new Random(scenario.hashCode());
        this.phones = number * 100_000;
    }

    /** @return the next message */
    synchronized Message next() {
        number++;
        int share = dice.nextInt(100);
        if (share < mix.leads()) {
            return lead();
        }
        if (share < mix.leads() + mix.wins() && (again.size() > LATER * mix.wins() / 200 || sales.isEmpty()) && !again.isEmpty()) {
            return again.poll();
        }
        if (share < mix.leads() + mix.wins() && !sales.isEmpty()) {
            return win(sales.poll());
        }
        return hook(Kind.CHANGE, deals.get(dice.nextInt(deals.size())), null, "update", "");
    }

    private String token() {
        return scenario + "-" + number;
    }

    private Message lead() {
        int person = dice.nextInt(100) < mix.strangers() ? KNOWN_PHONES + number : dice.nextInt(KNOWN_PHONES);
        String phone = "+7999" + (1_000_000 + phones + person);
        boolean order = dice.nextInt(4) == 0;
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        if (dice.nextInt(4) > 0) {
            headers.put("Idempotency-Key", token());
        }
        // without a key the body itself is the key: the token makes it this lead's own
        String body = "{\"source\":\"" + (order ? "cart_order" : "site") + "\",\"name\":\"Хаос " + token() + "\",\"phone\":\"" + phone
                + "\",\"message\":\"Сообщение " + token() + ".\""
                + (order ? ",\"meta\":{\"items\":[{\"id\":1,\"name\":\"Резец\",\"price\":750,\"quantity\":2}],\"total\":1500}" : "") + "}";
        return new Message(order ? Kind.ORDER : Kind.LEAD, token(), phone, null, "/api/ingest/leads", headers, body);
    }

    private Message win(Sale sale) {
        Message first = hook(Kind.WIN, sale.deal(), sale, "status", "&leads[status][0][status_id]=142&leads[status][0][old_status_id]=80953554");
        number++;
        again.add(hook(Kind.WIN, sale.deal(), sale, "update", "&leads[update][0][status_id]=142"));
        return first;
    }

    private Message hook(Kind kind, long deal, Sale sale, String action, String more) {
        String lead = "leads[" + action + "][0]";
        String fields = lead + "[id]=" + deal + "&" + lead + "[name]=" + token() + "&" + lead + "[updated_at]="
                + System.currentTimeMillis() / 1000 + more + "&account[id]=" + ACCOUNT + "&account[subdomain]=sandbox";
        String body = URLEncoder.encode(fields, StandardCharsets.UTF_8).replace("%3D", "=").replace("%26", "&");
        return new Message(kind, token(), String.valueOf(deal), sale, "/webhook/amocrm/" + Node.WEBHOOK_KEY,
                Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }
}
