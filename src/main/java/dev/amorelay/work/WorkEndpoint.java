package dev.amorelay.work;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** One kind of work: which rows, how many at a time, and whether each amoCRM account has a worker of its own. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "outbox", title = "Work", syntax = "outbox:kind", consumerOnly = true,
        category = {Category.DATABASE})
public class WorkEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    /** Exchange property: tells work that takes long whether it shall come to an end, a {@code BooleanSupplier}. */
    public static final String STOPPING = "stopping";

    @UriPath(description = "Which rows: the effect's kind")
    @Metadata(required = true)
    private final String kind;

    @UriParam(defaultValue = "0", description = "0 = one exchange a row; else one exchange with a list of up to so many")
    private int batch;

    @UriParam(defaultValue = "false", description = "One worker an amoCRM account, so that a slow or blocked account holds up no other")
    private boolean perAccount;

    @UriParam(defaultValue = "false", description = "A second worker joins while full batches wait: one calls while the other stores. Rows may then be worked on in another order than they came, as they are by two nodes")
    private boolean relief;

    @UriParam(defaultValue = "200", description = "How often to look for work while there is none, in milliseconds")
    private long delay = 200;

    @UriParam(defaultValue = "0", description = "While work keeps coming, let it gather for so many milliseconds, so that batches are fuller; the first of a quiet time never waits")
    private long gather;

    @UriParam(defaultValue = "0", description = "How long it may gather at most: each time that work keeps coming, it gathers twice as long as before; 0 = always as long")
    private long gatherMost;

    @UriParam(description = "Who owes it, for readers and for validate, where no flow does")
    private String owedBy;

    private final List<WorkConsumer<?>> consumers = new CopyOnWriteArrayList<>();

    WorkEndpoint(String uri, WorkComponent component, String kind) {
        super(uri, component);
        this.kind = kind;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WorkComponent component = (WorkComponent) getComponent();
        List<String> accounts = perAccount ? component.accounts() : List.of("");
        WorkConsumer<?> consumer = new WorkConsumer<>(this, processor, component.table(), component.due(),
                component.keeper(), component.failures(), component.claims(), accounts);
        configureConsumer(consumer);
        consumers.removeIf(WorkConsumer::isShutdown);
        consumers.add(consumer);
        return consumer;
    }

    /** @return whether one more may begin: while none claims anything, for one that is suspended may be finishing what it holds */
    @Override
    public boolean isMultipleConsumersSupported() {
        return consumers.stream().noneMatch(WorkConsumer::isStarted);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("work is owed by the commit that causes it, not sent to " + getEndpointUri());
    }

    /** @return which rows: the effect's kind */
    public String getKind() {
        return kind;
    }

    /** @return 0 = one exchange a row; else the size of the lists */
    public int getBatch() {
        return batch;
    }

    /**
     * @param batch 0 = one exchange a row; else one exchange with a list of up to so many
     */
    public void setBatch(int batch) {
        this.batch = batch;
    }

    /** @return whether each amoCRM account has a worker of its own */
    public boolean isPerAccount() {
        return perAccount;
    }

    /**
     * @param perAccount whether each amoCRM account has a worker of its own
     */
    public void setPerAccount(boolean perAccount) {
        this.perAccount = perAccount;
    }

    /** @return whether a second worker joins while full batches wait */
    public boolean isRelief() {
        return relief;
    }

    /**
     * @param relief whether a second worker joins while full batches wait
     */
    public void setRelief(boolean relief) {
        this.relief = relief;
    }

    /** @return how long work gathers while it keeps coming, in milliseconds */
    public long getGather() {
        return gather;
    }

    /**
     * @param gather how long work gathers while it keeps coming, in milliseconds
     */
    public void setGather(long gather) {
        this.gather = gather;
    }

    /** @return how long work may gather at most, in milliseconds */
    public long getGatherMost() {
        return gatherMost;
    }

    /**
     * @param gatherMost how long work may gather at most, in milliseconds; 0 = always as long
     */
    public void setGatherMost(long gatherMost) {
        this.gatherMost = gatherMost;
    }

    /** @return who owes it, where no flow does; null where one does */
    public String getOwedBy() {
        return owedBy;
    }

    /**
     * @param owedBy who owes it, where no flow does by {@code outbox-owe}: ids of routes whose beans hand it on, with commas between them, or
     *     {@code outside} for another program
     */
    public void setOwedBy(String owedBy) {
        this.owedBy = owedBy;
    }

    /** @return how often to look for work while there is none, in milliseconds */
    public long getDelay() {
        return delay;
    }

    /**
     * @param delay how often to look for work while there is none, in milliseconds
     */
    public void setDelay(long delay) {
        this.delay = delay;
    }
}
