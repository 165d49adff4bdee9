package dev.amorelay.leads;

import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFile;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.SettingText;
import dev.amorelay.workshop.Surroundings;
import dev.amorelay.workshop.YamlNode;
import java.util.function.Consumer;

/** {@code lead/sources.yaml} in the folder of the routes: what becomes of the leads of a source. */
public class LeadSourcesFile implements DataFile {

    @Override
    public boolean isOf(String name) {
        return LeadSourcesReader.NAME.equals(name);
    }

    @Override
    public void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings) {
        LeadSourcesReader.read(folder, new TextTemplates(folder), true, findings);
        YamlNode.read(name, folder.text(name).orElseThrow(), "", finding -> { }).ifPresent(root -> root.walk((key, node) -> {
            if (node.isText()) {
                SettingText.check(node, surroundings, findings);
            }
        }));
    }
}
