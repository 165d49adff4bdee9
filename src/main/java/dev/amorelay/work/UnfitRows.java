package dev.amorelay.work;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One row never holds up another: what cannot be worked on is set aside alone, and the others of its claim are worked on. */
public final class UnfitRows {

    private static final Logger LOG = LoggerFactory.getLogger(UnfitRows.class);

    private UnfitRows() {
    }

    /**
     * Sets aside what cannot be worked on.
     *
     * @param table the rows' table
     * @param claimed rows just claimed
     * @param <T> kind of row
     * @return the others, in their order
     */
    public static <T extends Claimed> List<T> setAside(WorkTable<T> table, List<ClaimedRow<T>> claimed) {
        List<T> fit = new ArrayList<>(claimed.size());
        for (ClaimedRow<T> one : claimed) {
            if (one.unfit() == null) {
                fit.add(one.row());
                continue;
            }
            try {
                table.bury(one.row(), one.unfit());
            } catch (RuntimeException e) {
                // the others are ours already; this one comes back when its lease ends
                LOG.error("{} cannot be worked on and cannot be set aside now ({}): {}", one.row().label(), one.unfit(), e.getMessage());
            }
        }
        return fit;
    }
}
