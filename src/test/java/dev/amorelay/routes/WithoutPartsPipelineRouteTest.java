package dev.amorelay.routes;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.delivery.Effect;
import dev.amorelay.machines.MachineRegistration;
import dev.amorelay.machines.Sale;
import dev.amorelay.machines.SaleReader;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** The same flow where AMOCRM_PIPELINE_PARTS_ID is not set: the property is there, and empty. */
class WithoutPartsPipelineRouteTest extends RouteTest {

    private final SaleReader reader = mock(SaleReader.class);
    private final MachineRegistration registration = mock(MachineRegistration.class);

    @Override
    List<String> flows() {
        return List.of("machine-registration");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.amocrm.pipeline-parts-id", "");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("saleReader", reader);
        beans.bind("machineRegistration", registration);
    }

    @Test
    void noSaleIsSkipped() {
        Effect effect = outbox.effect("machine.register", "55", Map.of());
        Sale sale = new Sale(777, "55", 10245926, null, null, List.of(), null, null, null, null);
        when(reader.read(effect)).thenReturn(sale);
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 done");
        verify(registration).askForSerial(effect, sale);
    }
}
