package dev.amorelay.work;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Tells the workers that this process has committed something, which may be work: they look at once and not with their next look. A
 * hint and no more: what was committed otherwise, or by another node, is found a second later.
 */
@Component
public class WorkSignal implements TransactionExecutionListener {

    private final List<DueQueues> tables = new CopyOnWriteArrayList<>();

    void tell(DueQueues table) {
        tables.add(table);
    }

    /** Something was committed. */
    public void committed() {
        tables.forEach(DueQueues::askSoon);
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null && !transaction.isReadOnly()) {
            committed();
        }
    }
}
