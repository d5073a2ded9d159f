// A page as an app would have it: the vendor's component, unmodified. Its properties come from the query.
import React from "react";
import { createRoot } from "react-dom/client";
import { Vault } from "@apideck/react-vault";
import "@apideck/react-vault/dist/styles.css";

const properties = Object.fromEntries(new URLSearchParams(location.search));
createRoot(document.getElementById("root")).render(<Vault {...properties} open={true} onClose={() => {}} />);
