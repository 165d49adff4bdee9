package dev.amorelay.work;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;

/** One kind of work: which rows, and how many at a time. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "outbox",  title = "Work",
        syntax = "outbox:kind", consumerOnly = true, category = {Category.DATABASE})
public class WorkEndpoint extends ScheduledPollEndpoint {

    @UriPath(description = "Which rows: the effect's kind")
    @Metadata(required = true)
    private final String kind;

    @UriParam(defaultValue = "0", description = "0 = one exchange a row; else one exchange with a list of up to so many")
    private int batch;

    WorkEndpoint(String uri, WorkComponent component, String kind) {
        super(uri, component);
        this.kind = kind;
        setDelay(200);
        setInitialDelay(200);
        setGreedy(true);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WorkComponent component = (WorkComponent) getComponent();
        WorkConsumer<?> consumer = new WorkConsumer<>(this, processor, component.table(), component.keeper(),
                component.failures());
        configureConsumer(consumer);
        return consumer;
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
}
