package dev.amorelay.sandbox.crm;

import dev.amorelay.sandbox.SandboxSettings;
import dev.amorelay.sandbox.hooks.HookBody;
import dev.amorelay.sandbox.hooks.HookQueue;
import dev.amorelay.sandbox.hooks.HookSender;
import dev.amorelay.sandbox.hooks.Subscriptions;
import dev.amorelay.sandbox.store.Documents;
import java.util.List;
import javax.sql.DataSource;

/** One amoCRM account with everything that is its own: data, tokens, webhooks, limits, faults. */
public final class CrmAccount implements AutoCloseable {

    private final String name;
    private final Catalogue catalogue;
    private final Documents documents;
    private final HookQueue queue;
    private final HookSender sender;
    private final Subscriptions subscriptions;
    private final Entities entities;
    private final Seeding seeding;
    private final Tokens tokens;
    private final AccountConduct conduct;
    private final List<Object> api;
    private volatile boolean isRenamed;

    /**
     * An account over tables that are there.
     *
     * @param name {@code a} is the one at {@code /sandbox/amocrm}, {@code b} is at {@code /sandbox/amocrm-b}
     * @param catalogue its number, pipelines and fields
     */
    public CrmAccount(String name, Catalogue catalogue, DataSource dataSource, SandboxSettings settings) {
        this.name = name;
        this.catalogue = catalogue;
        documents = new Documents(dataSource, name);
        queue = new HookQueue(dataSource, name, documents,
                new HookBody(catalogue.account().get("subdomain").asText(), catalogue.accountId()));
        subscriptions = new Subscriptions(documents, queue, catalogue.accountId(), catalogue.tokenUser());
        sender = new HookSender(name, queue, settings.hookRetries(), settings.hookBadAnswers(), subscriptions::disable);
        Events events = new Events(dataSource, name);
        Changes changes = new Changes(documents, events, queue, sender, catalogue);
        entities = new Entities(documents, changes, catalogue);
        seeding = new Seeding(dataSource, name, catalogue);
        tokens = new Tokens(dataSource, name, settings);
        conduct = new AccountConduct(settings);
        Notes notes = new Notes(documents, changes, catalogue);
        Tasks tasks = new Tasks(documents, changes, catalogue);
        api = List.of(new EntitiesApi(documents, entities, changes), new ComplexApi(documents, entities, changes, catalogue),
                new NotesApi(documents, notes), new TasksApi(documents, tasks), new LinksApi(documents, changes),
                new CatalogueApi(catalogue), new EventsApi(events, catalogue), new WebhooksApi(subscriptions),
                new OAuthApi(tokens, settings, catalogue));
    }

    /** @return {@code a}, {@code b}, … */
    public String name() {
        return name;
    }

    /** @return where the account is served: before and after its subdomain was renamed */
    public List<String> bases() {
        String suffix = name.equals(CrmAccounts.FIRST) ? "" : "-" + name;
        return List.of("/sandbox/amocrm" + suffix, "/sandbox/renamed" + suffix);
    }

    /** @return the base that this path begins with */
    String baseOf(String uri) {
        return bases().stream().filter(base -> uri.startsWith(base + "/")).findFirst().orElseThrow();
    }

    /** @return the base that works now */
    public String home() {
        return bases().get(isRenamed ? 1 : 0);
    }

    boolean isHome(String uri) {
        return uri.startsWith(home() + "/");
    }

    /** @return the subdomain of now */
    public String subdomain() {
        return catalogue.account().get("subdomain").asText() + (isRenamed ? "-renamed" : "");
    }

    /** Gives the account another subdomain, or its first one again. */
    public void rename(boolean renamed) {
        isRenamed = renamed;
    }

    /** @return what the account is set up with */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** @return its data */
    public Documents documents() {
        return documents;
    }

    /** @return its webhooks on their way */
    public HookQueue queue() {
        return queue;
    }

    /** @return who posts its webhooks */
    public HookSender sender() {
        return sender;
    }

    /** @return who gets its webhooks */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** @return its leads, contacts and companies */
    public Entities entities() {
        return entities;
    }

    /** @return data in bulk */
    public Seeding seeding() {
        return seeding;
    }

    /** @return its codes and tokens */
    public Tokens tokens() {
        return tokens;
    }

    /** @return how it treats its callers */
    public AccountConduct conduct() {
        return conduct;
    }

    /** @return the controllers of its API, their addresses without the base */
    List<Object> api() {
        return api;
    }

    @Override
    public void close() {
        conduct.faults().clear();
        sender.close();
    }
}
