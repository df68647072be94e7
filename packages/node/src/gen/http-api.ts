// Generated from openapi.json by openapi-typescript.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive. Restart it when this does not answer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "ok": true
                         *     }
                         */
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city takes part in the agreement. 503 while it catches up or an alarm stands; do not restart it for that. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "ok": true
                         *     }
                         */
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All of them. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example # HELP hansa_finalized_height Newest final block.
                         *     # TYPE hansa_finalized_height gauge
                         *     hansa_finalized_height 37
                         *
                         *     # HELP hansa_epoch Epoch of the authority set (C12).
                         *     # TYPE hansa_epoch gauge
                         *     hansa_epoch 0
                         *
                         *     # HELP hansa_membership_proposals Proposals to change the authorities that are open.
                         *     # TYPE hansa_membership_proposals gauge
                         *     hansa_membership_proposals 0
                         */
                        "text/plain": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description (OpenAPI 3.1). */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The description. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "openapi": "3.1.0",
                         *       "info": {
                         *         "title": "Hansa: the HTTP API of a city",
                         *         "version": "1"
                         *       },
                         *       "paths": {}
                         *     }
                         */
                        "application/json": Record<string, never>;
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this city stands. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "city": "haikou",
                         *       "displayName": "海口市住房公积金管理局",
                         *       "observer": false,
                         *       "federation": "Hainan (test)",
                         *       "federationId": "ed805fbf082ee43c3344b28731ba3f20bc70ff6c34b5266b2b6d70f261100a7d",
                         *       "policyDigest": "09f40740d9e18a42d596f513637977522d290401f8b4ddc77eb4da23eea45bb7",
                         *       "testFederation": true,
                         *       "joined": true,
                         *       "votes": true,
                         *       "voters": 4,
                         *       "quorum": 3,
                         *       "halted": false,
                         *       "behind": false,
                         *       "epoch": 0,
                         *       "view": 38,
                         *       "finalizedHeight": 37,
                         *       "executedHeight": 37,
                         *       "checkpointHeight": 36,
                         *       "historyRoot": "3bb2a72fa161d180b290d1b89e4a5fd50b28828dea5f69fa4d8aa4b19b8fb267",
                         *       "stateRoot": "0a87a5c5d1c4c0da1c2a02e7aef72592edc61e6463fc50ca7549c0cdd8a9ea32",
                         *       "entries": 27,
                         *       "records": 27,
                         *       "rejectedRecords": 0,
                         *       "facts": 22,
                         *       "peers": [
                         *         {
                         *           "name": "sanya",
                         *           "kind": "authority",
                         *           "connected": true,
                         *           "votes": true
                         *         },
                         *         {
                         *           "name": "danzhou",
                         *           "kind": "authority",
                         *           "connected": true,
                         *           "votes": true
                         *         },
                         *         {
                         *           "name": "qionghai",
                         *           "kind": "authority",
                         *           "connected": true,
                         *           "votes": true
                         *         }
                         *       ],
                         *       "bytesIn": 0,
                         *       "bytesOut": 0,
                         *       "asOf": "2026-11-23T02:00:04.055Z",
                         *       "evidence": 0,
                         *       "lookupAlarms": 0,
                         *       "alarm": null
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            displayName: string;
                            /** @description It follows and has no vote. */
                            observer: boolean;
                            federation: string;
                            federationId: string;
                            policyDigest: string;
                            testFederation: boolean;
                            joined: boolean;
                            /** @description This city has a vote in the present epoch. */
                            votes: boolean;
                            /** @description Cities that have a vote in the present epoch. */
                            voters: number;
                            /** @description As many of them decide. */
                            quorum: number;
                            halted: boolean;
                            behind: boolean;
                            epoch: number;
                            view: number;
                            finalizedHeight: number;
                            executedHeight: number;
                            checkpointHeight: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            asOf: string;
                            historyRoot: string;
                            stateRoot: string;
                            entries: number;
                            records: number;
                            rejectedRecords: number;
                            facts: number;
                            peers: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                name: string;
                                /** @enum {string} */
                                kind: "authority" | "observer";
                                connected: boolean;
                                /** @description It has a vote in the present epoch. */
                                votes: boolean;
                            }[];
                            bytesIn: number;
                            bytesOut: number;
                            evidence: number;
                            /** @description Alarms about lookups since the start: `GET /v1/oprf` has them. */
                            lookupAlarms: number;
                            alarm: {
                                code: string;
                                message: string;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cities of the federation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "cities": [
                         *         {
                         *           "index": 0,
                         *           "name": "haikou",
                         *           "displayName": "海口市住房公积金管理局",
                         *           "self": true,
                         *           "connected": true,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "index": 1,
                         *           "name": "sanya",
                         *           "displayName": "三亚市住房公积金管理局",
                         *           "self": false,
                         *           "connected": true,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "index": 2,
                         *           "name": "danzhou",
                         *           "displayName": "儋州市住房公积金管理局",
                         *           "self": false,
                         *           "connected": true,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "index": 3,
                         *           "name": "qionghai",
                         *           "displayName": "琼海市住房公积金管理局",
                         *           "self": false,
                         *           "connected": true,
                         *           "quarantined": false
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            cities: {
                                index: number;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                name: string;
                                displayName: string;
                                self: boolean;
                                connected: boolean;
                                quarantined: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far each lane is held, final and executed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "lanes": [
                         *         {
                         *           "city": "haikou",
                         *           "heldSequence": 15,
                         *           "finalizedSequence": 15,
                         *           "executedSequence": 15,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "city": "sanya",
                         *           "heldSequence": 9,
                         *           "finalizedSequence": 9,
                         *           "executedSequence": 9,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "city": "danzhou",
                         *           "heldSequence": 2,
                         *           "finalizedSequence": 2,
                         *           "executedSequence": 2,
                         *           "quarantined": false
                         *         },
                         *         {
                         *           "city": "qionghai",
                         *           "heldSequence": 1,
                         *           "finalizedSequence": 1,
                         *           "executedSequence": 1,
                         *           "quarantined": false
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            lanes: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                heldSequence: number;
                                finalizedSequence: number;
                                executedSequence: number;
                                quarantined: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes/{city}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One lane. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "city": "haikou",
                         *       "heldSequence": 15,
                         *       "finalizedSequence": 15,
                         *       "executedSequence": 15,
                         *       "quarantined": false
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            heldSequence: number;
                            finalizedSequence: number;
                            executedSequence: number;
                            quarantined: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes/{city}/{sequence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry and its records’ names. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "city": "haikou",
                         *       "sequence": 1,
                         *       "digest": "3279bd6ebec632ef7329beca7caeeb8cd8743eed63511b71d310f2cf45784f1c",
                         *       "previousDigest": "0000000000000000000000000000000000000000000000000000000000000000",
                         *       "recordsRoot": "ced297c79bb99e2d32957985ee7eca5295349b936e90853d361123c919e38aa4",
                         *       "byteLength": 190,
                         *       "createdAt": "2026-11-23T02:00:02.080Z",
                         *       "height": 1,
                         *       "records": [
                         *         {
                         *           "location": "haikou/1/0",
                         *           "recordId": "f689ab17bfbb6a6f7c5d223d332af51ef1a2c6df6643f345783edba2b33ddb85",
                         *           "family": "blacklist",
                         *           "type": "list"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            sequence: number;
                            digest: string;
                            previousDigest: string;
                            recordsRoot: string;
                            byteLength: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            createdAt: string;
                            height: number | null;
                            records: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                recordId: string;
                                family: string;
                                type: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Final blocks: the newest ones, or those from a height on. */
        get: {
            parameters: {
                query: {
                    from?: number;
                    /** @example 2 */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "blocks": [
                         *         {
                         *           "height": 36,
                         *           "view": 36,
                         *           "epoch": 0,
                         *           "timestamp": "2026-11-23T02:00:04.010Z",
                         *           "digest": "5a4958e01e4c99af63e79568ea069839b91647b9b1b112fc0523fdfe35f67554",
                         *           "parent": "7c12bc9e6aa45fadab298564e715e4fe003494bf04aa69e21947a0a77493180c",
                         *           "advances": [
                         *             {
                         *               "city": "haikou",
                         *               "sequence": 15
                         *             }
                         *           ],
                         *           "checkpoint": {
                         *             "height": 34,
                         *             "historySize": 26,
                         *             "historyRoot": "01217e34107c1c3e20cbfc6adf1fe5dac30e4a9e925b3ae3b338ebd64841c283",
                         *             "stateRoot": "3432944e1cab8d0ab622cbc07cd87ab70b62f6b4315723a346e40214b5c81fe2"
                         *           }
                         *         },
                         *         {
                         *           "height": 37,
                         *           "view": 37,
                         *           "epoch": 0,
                         *           "timestamp": "2026-11-23T02:00:04.055Z",
                         *           "digest": "f97a5f7ce63536d371d15a1d702b462fbcf272a387c9d28f397de3b9642986ab",
                         *           "parent": "5a4958e01e4c99af63e79568ea069839b91647b9b1b112fc0523fdfe35f67554",
                         *           "advances": [],
                         *           "checkpoint": {
                         *             "height": 36,
                         *             "historySize": 27,
                         *             "historyRoot": "3bb2a72fa161d180b290d1b89e4a5fd50b28828dea5f69fa4d8aa4b19b8fb267",
                         *             "stateRoot": "0a87a5c5d1c4c0da1c2a02e7aef72592edc61e6463fc50ca7549c0cdd8a9ea32"
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            blocks: {
                                height: number;
                                view: number;
                                epoch: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                timestamp: string;
                                digest: string;
                                parent: string;
                                advances: {
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    sequence: number;
                                }[];
                                checkpoint: {
                                    height: number;
                                    historySize: number;
                                    historyRoot: string;
                                    stateRoot: string;
                                };
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One final block. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 5 */
                    height: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "height": 5,
                         *       "view": 5,
                         *       "epoch": 0,
                         *       "timestamp": "2026-11-23T02:00:02.443Z",
                         *       "digest": "b31c642f3341548b98972644234e11090e3c65253d4cf229ff33dc079700a90c",
                         *       "parent": "769a13b9dc076cb129a304fa063f71ce45ef9c3edbe0daaec5da68d0bcf80d4e",
                         *       "advances": [
                         *         {
                         *           "city": "sanya",
                         *           "sequence": 1
                         *         }
                         *       ],
                         *       "checkpoint": {
                         *         "height": 3,
                         *         "historySize": 2,
                         *         "historyRoot": "50b08a2c7578c65bff08c9ce748c190a47857f7c77429be0ded44d91e0d7da87",
                         *         "stateRoot": "b51b4f7e4c85dd45a10ea85d853aa88da8239a48f42560ba3efc3109f51a2489"
                         *       }
                         *     }
                         */
                        "application/json": {
                            height: number;
                            view: number;
                            epoch: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            timestamp: string;
                            digest: string;
                            parent: string;
                            advances: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                sequence: number;
                            }[];
                            checkpoint: {
                                height: number;
                                historySize: number;
                                historyRoot: string;
                                stateRoot: string;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{city}/{sequence}/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record: its public fields and what became of it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/1/0",
                         *       "recordId": "f689ab17bfbb6a6f7c5d223d332af51ef1a2c6df6643f345783edba2b33ddb85",
                         *       "family": "blacklist",
                         *       "type": "list",
                         *       "requestId": "f61f35ad5813c87644c6c347f45decab",
                         *       "fields": {
                         *         "subjectTag": "d4a13418e497b5fe23e683a32bc5fbd33244e495f93be0de597610bf3f54a841",
                         *         "severity": "serious",
                         *         "noticeDate": "2026-05-05",
                         *         "objectionUntil": "2026-05-20",
                         *         "decidedOn": "2026-06-02",
                         *         "effectiveFrom": "2026-06-02",
                         *         "publishUntil": "2029-06-02",
                         *         "shareUntil": "2029-06-02",
                         *         "restrictUntil": "2029-06-02",
                         *         "handler": "f5ea4c9081d2c91d1761b09c7aa1858e",
                         *         "approver": "781ec5a3b9956e32b2a05b87e331c79c",
                         *         "commitment": "c6b9d8201461a59b41e46098125c5edba06f555b213d6c34ce3eee8c8d8d46cb",
                         *         "catalogueRef": "joint-discipline/housing-fund",
                         *         "documentCommitments": []
                         *       },
                         *       "state": "final",
                         *       "height": 1,
                         *       "code": null,
                         *       "provable": true,
                         *       "now": {
                         *         "of": "haikou/1/0",
                         *         "status": "active",
                         *         "disputed": true
                         *       }
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            recordId: string;
                            family: string;
                            type: string;
                            /** @enum {string} */
                            state: "pending" | "final" | "rejected";
                            height: number | null;
                            code: string | null;
                            provable: boolean;
                            requestId: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            now: {
                                of: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "lifted" | "expired" | "ended" | "used" | "revoked" | "superseded";
                                disputed: boolean;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proofs of misbehaviour: two statements that no honest city signs. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "evidence": [
                         *         {
                         *           "city": "qionghai",
                         *           "kind": "lane-fork",
                         *           "proof": "CvgCCrkBCnUKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9GAMgAioghviDjq7FcY+NgCSBsCEzdauBqGqr8vFIjzf/coEjYD4yIEWTXMalc53vJgqRRpWtbkdgYUw1rPvcQtEmYY1TaPjfOAFAZEiAkJKC5zMSQM9flX2ljarcv9v+H47URMU5k1z6+zzx7WJPUSx0+oRZvQOugNWXaeZ9JmyGAB1+p+NKWZiHW3SDRgPRR3zlZw0SuQEKdQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YAyACKiCG+IOOrsVxj42AJIGwITN1q4Goaqvy8UiPN/9ygSNgPjIgOIjbKZ8LFNlQcADj4rnC24cXRXDzB16FMmJKEB6KvCg4AUBkSICQkoLnMxJAL+02UHV2d0qz8NbBBNiKaZVRsISMDu2uT3QQTf7AqCxM1Jubq0QWD9HDcxoeN7H5YCKLHqWuqTyRk2EOFSMTAQ=="
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            evidence: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                kind: "lane-fork" | "conflicting-votes" | "conflicting-proposals";
                                /** @description `Evidence` bytes in base64: both signed statements. */
                                proof: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authorities of the present epoch, open proposals, and the changes so far. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "epoch": 0,
                         *       "voters": 4,
                         *       "quorum": 3,
                         *       "seats": [
                         *         {
                         *           "index": 0,
                         *           "city": "haikou",
                         *           "self": false,
                         *           "standing": "votes",
                         *           "quarantined": false,
                         *           "displayName": "海口市住房公积金管理局",
                         *           "laneKey": "f4517f14194168e44d96b90443faee8f78a8d681bbfddf9c4930ff288eaacad2",
                         *           "voteKey": "8d57f87119b85eae32b58963fd5647970539d2a54b91551a1633acb890ee3e93adb19269eb8e7c4785440689c0607aec",
                         *           "exchangeKey": "11d6f826553b1e4e0b0f89bf450185a3ace4ef72ef91f0c3e9092877aba1e571",
                         *           "credentialKey": "750c1aa03e6c394a014f06a01f121d0cdaf80d2d7faa165d693dbaf43c6ba65e",
                         *           "peerId": "12D3KooWr6gd5vpn7WSnP4iF34PoRFGR16dKMBJSp4zGZbXAqP4J",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7400"
                         *           ]
                         *         },
                         *         {
                         *           "index": 1,
                         *           "city": "sanya",
                         *           "self": true,
                         *           "standing": "votes",
                         *           "quarantined": false,
                         *           "displayName": "三亚市住房公积金管理局",
                         *           "laneKey": "cdede505e501dbc3ef91e216520ed1ab649fd18c83d4cad0f9a293c9bce67965",
                         *           "voteKey": "b55df6df282f07c8e63ebf74fcc3e63e16c6938147ada57bd28c7907bf3f9ac126102520503162f837364f26e8611196",
                         *           "exchangeKey": "ea72b5ce416f180277385fa3f544a1db8f4781df35b7aecf2e91ed8320c8f57c",
                         *           "credentialKey": "f1991af0df5ac252f742621a2aefe0cbddf6a06a86e95bf036ce322cd5c95311",
                         *           "peerId": "12D3KooW78JuRwz2vBtyg3HmGxmustsn5zKM3NRSwKgy9G3oSMmx",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7401"
                         *           ]
                         *         },
                         *         {
                         *           "index": 2,
                         *           "city": "danzhou",
                         *           "self": false,
                         *           "standing": "votes",
                         *           "quarantined": false,
                         *           "displayName": "儋州市住房公积金管理局",
                         *           "laneKey": "6f488a9fe2c276541d743298a8a8b7f6cf34ebb2e8fa50935f6b16a71ef2757d",
                         *           "voteKey": "b7f71100bcd8ce1ebb0d7fcb4db86d45f5741eb1b0666a382680e1123515d9827a90acf3b2fb6c90b267ca137c46b7cb",
                         *           "exchangeKey": "a8e8be83cd15d2bc886900108c2f82df14087df2cad33fd73422a2a09824e83a",
                         *           "credentialKey": "e8d12aeea27e83958e38a92168a08947d06e5109f38518641a90918d9fa51850",
                         *           "peerId": "12D3KooWA5JaK4QpJwns8oKEgm8ewgSqgCHpnKaTujn8A4qaxzAM",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7402"
                         *           ]
                         *         },
                         *         {
                         *           "index": 3,
                         *           "city": "qionghai",
                         *           "self": false,
                         *           "standing": "votes",
                         *           "quarantined": false,
                         *           "displayName": "琼海市住房公积金管理局",
                         *           "laneKey": "a3d7689a87bd1484c5c67691b4e68b6b7c31c291cbf4fd04280279533ca62a19",
                         *           "voteKey": "8997aa50160b4fae4a7676042e115b76f97db30fc5d5bb331a0e438cf3f716ef277333c53b32aede6ac196da97ef8d94",
                         *           "exchangeKey": "98a8143d9795fa5655b794c7c0e489c24d491defec6e7e6bab5cdc034c09a11e",
                         *           "credentialKey": "b091501d1711a2171a0a95efd74f4e9d2d934f8074defcf13c70561be91eedee",
                         *           "peerId": "12D3KooWMRcKSebsyFek89SBGgbTxB7WSVreG6GePFzb6n88K7jL",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7403"
                         *           ]
                         *         }
                         *       ],
                         *       "proposals": [
                         *         {
                         *           "location": "haikou/12/0",
                         *           "proposer": "haikou",
                         *           "epoch": 0,
                         *           "change": {
                         *             "kind": "suspend",
                         *             "city": "qionghai",
                         *             "member": null
                         *           },
                         *           "state": "open",
                         *           "proposedAt": "2026-11-23T02:00:03.830Z",
                         *           "expiresAt": "2026-11-30T02:00:03.827Z",
                         *           "approvedBy": [
                         *             "haikou",
                         *             "sanya"
                         *           ],
                         *           "approvalsMissing": 1
                         *         }
                         *       ],
                         *       "decided": null,
                         *       "history": [],
                         *       "asOf": {
                         *         "height": 32,
                         *         "timestampMs": 1795399203881
                         *       }
                         *     }
                         */
                        "application/json": {
                            epoch: number;
                            voters: number;
                            /** @description So many voters decide. */
                            quorum: number;
                            seats: {
                                /** @description The lane; it never changes. */
                                index: number;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                self: boolean;
                                /** @enum {string} */
                                standing: "votes" | "suspended" | "removed";
                                quarantined: boolean;
                                displayName: string;
                                laneKey: string;
                                voteKey: string;
                                exchangeKey: string;
                                credentialKey: string;
                                /** @description libp2p, base58. */
                                peerId: string;
                                /** @description Multiaddrs. */
                                addresses: string[];
                            }[];
                            /** @description Those that can still be approved. */
                            proposals: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            }[];
                            decided: {
                                /** @description The epoch that the change makes. */
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                proposal: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                decidedBy: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                decidedAt: string;
                                approvedBy: string[];
                            } | null;
                            /** @description Changes so far, the newest first, at most 100. */
                            history: {
                                /** @description The epoch that the change makes. */
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                proposal: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                decidedBy: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                decidedAt: string;
                                approvedBy: string[];
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose a change of the authorities, which is also this city’s approval. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description `city` of suspend and remove, `member` of the others. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "change": "suspend",
                     *       "city": "qionghai",
                     *       "days": 7,
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description rotate: new keys for the own city; recover: for another one that lost them; add: a new city; suspend, remove: no vote any more.
                         * @enum {string}
                         */
                        change: "rotate" | "recover" | "add" | "suspend" | "remove";
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        city?: string;
                        /** @description The member card, NAME.member.json, as `hansa init` wrote it. */
                        member?: {
                            /** @enum {string} */
                            format: "hansa-member/1";
                            name: string;
                            displayName: string;
                            laneKey: string;
                            voteKey: string;
                            exchangeKey: string;
                            credentialKey: string;
                            voteKeyProof: string;
                            /** @description libp2p, base58. */
                            peerId: string;
                            /** @description Multiaddrs. */
                            addresses: string[];
                        };
                        /**
                         * @description So long it can be approved.
                         * @default 7
                         */
                        days?: number;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 30,
                         *       "proposal": {
                         *         "location": "haikou/12/0",
                         *         "proposer": "haikou",
                         *         "epoch": 0,
                         *         "change": {
                         *           "kind": "suspend",
                         *           "city": "qionghai",
                         *           "member": null
                         *         },
                         *         "state": "open",
                         *         "proposedAt": "2026-11-23T02:00:03.830Z",
                         *         "expiresAt": "2026-11-30T02:00:03.827Z",
                         *         "approvedBy": [
                         *           "haikou"
                         *         ],
                         *         "approvalsMissing": 2
                         *       }
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "pending",
                         *       "proposal": null
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve another city’s proposal; once more than two thirds did, the change is decided. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "proposal": "haikou/12/0",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        proposal: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/9/0",
                         *       "state": "final",
                         *       "height": 32,
                         *       "proposal": {
                         *         "location": "haikou/12/0",
                         *         "proposer": "haikou",
                         *         "epoch": 0,
                         *         "change": {
                         *           "kind": "suspend",
                         *           "city": "qionghai",
                         *           "member": null
                         *         },
                         *         "state": "open",
                         *         "proposedAt": "2026-11-23T02:00:03.830Z",
                         *         "expiresAt": "2026-11-30T02:00:03.827Z",
                         *         "approvedBy": [
                         *           "haikou",
                         *           "sanya"
                         *         ],
                         *         "approvalsMissing": 1
                         *       }
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/9/0",
                         *       "state": "pending",
                         *       "proposal": null
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw the own proposal while it is not decided. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "proposal": "haikou/12/0",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        proposal: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/13/0",
                         *       "state": "final",
                         *       "height": 33,
                         *       "proposal": {
                         *         "location": "haikou/12/0",
                         *         "proposer": "haikou",
                         *         "epoch": 0,
                         *         "change": {
                         *           "kind": "suspend",
                         *           "city": "qionghai",
                         *           "member": null
                         *         },
                         *         "state": "withdrawn",
                         *         "proposedAt": "2026-11-23T02:00:03.830Z",
                         *         "expiresAt": "2026-11-30T02:00:03.827Z",
                         *         "approvedBy": [
                         *           "haikou",
                         *           "sanya"
                         *         ],
                         *         "approvalsMissing": 1
                         *       }
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/13/0",
                         *       "state": "pending",
                         *       "proposal": null
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal records.
         * @description Either JSON drafts, or `application/vnd.hansa.records`: each record's protobuf bytes behind their length as a varint.
         */
        post: {
            parameters: {
                query?: {
                    /**
                     * @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here.
                     * @example final
                     */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "records": [
                     *         {
                     *           "family": 1,
                     *           "type": 1,
                     *           "requestId": "fbe95082b622e458960314bc7f78e36f",
                     *           "body": "CiA79VpqtyGp2pGxeHQEeYoLSxND/nJvFKHLv3FK3UMtNBADGPqhASCdogEooqIBMKKiAUiPpQFSEAEBAQEBAQEBAQEBAQEBAQFaEAICAgICAgICAgICAgICAgJiIACF6X25aEIBjTp0h5VAEXm1nlZNhn983M/o3ylFLB6magxmdW5kLTIwMjUtMDc="
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        records: {
                            family: number;
                            type: number;
                            requestId?: string;
                            /** @description The family’s own message, encoded, in base64. */
                            body: string;
                            actors?: {
                                publicKey: string;
                                signature: string;
                            }[];
                        }[];
                    };
                    /** @example pQEIARABGhBR/LsgSWZXTfW+NiBM1D54IowBCiBbR04ZjU9HUCz6N8cn6P0QunIjELvLTzTt+nKm48lathADGPqhASCdogEooqIBMKKiAUiPpQFSEAEBAQEBAQEBAQEBAQEBAQFaEAICAgICAgICAgICAgICAgJiIMfwA0adQdHodhbmuCgWSscCg083T5izSgeburRmbt+VagxmdW5kLTIwMjUtMDc= */
                    "application/vnd.hansa.records": string;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "sealed": [
                         *         {
                         *           "first": "haikou/15/0",
                         *           "count": 1
                         *         }
                         *       ],
                         *       "count": 1,
                         *       "state": "final",
                         *       "rejected": []
                         *     }
                         */
                        "application/json": {
                            /** @description Consecutive records: the first one’s location and how many follow it, itself included. */
                            sealed: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                first: string;
                                count: number;
                            }[];
                            count: number;
                            /** @enum {string} */
                            state: "pending" | "final";
                            rejected: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                code: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "sealed": [
                         *         {
                         *           "first": "haikou/15/0",
                         *           "count": 1
                         *         }
                         *       ],
                         *       "count": 1,
                         *       "state": "pending",
                         *       "rejected": []
                         *     }
                         */
                        "application/json": {
                            /** @description Consecutive records: the first one’s location and how many follow it, itself included. */
                            sealed: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                first: string;
                                count: number;
                            }[];
                            count: number;
                            /** @enum {string} */
                            state: "pending" | "final";
                            rejected: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                code: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: finalized, executed, checkpointed, evidence, epoch, alarm.
         * @description A comment every 15 s keeps the connection alive. Last-Event-ID gives again what was missed, if not too much.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The stream. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example id: 5d0e7bb1c2a4-17
                         *     event: executed
                         *     data: {"height":12,"timestamp":"2026-11-23T02:00:01.167Z","records":1,"rejected":0}
                         */
                        "text/event-stream": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is this person or organisation listed? */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990101199001010019"
                     *       },
                     *       "purpose": "loan",
                     *       "case": "SY-2026-0001",
                     *       "operator": "op03"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @enum {string} */
                        purpose: "loan" | "withdrawal" | "account" | "supervision";
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /** @description The officer who asks, as the centre names them. Lookups are limited for each; without it all of a role are one. */
                        operator?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "result": "hit",
                         *       "listings": [
                         *         {
                         *           "decidedOn": "2026-06-02",
                         *           "effectiveFrom": "2026-06-02",
                         *           "publishUntil": "2029-06-02",
                         *           "shareUntil": "2029-06-02",
                         *           "restrictUntil": "2029-06-02",
                         *           "location": "haikou/1/0",
                         *           "city": "haikou",
                         *           "cityName": "海口市住房公积金管理局",
                         *           "severity": "serious",
                         *           "listedAt": "2026-11-23T02:00:02.085Z",
                         *           "disputed": false,
                         *           "late": true,
                         *           "published": true,
                         *           "shared": true,
                         *           "restricted": true,
                         *           "suspended": false
                         *         }
                         *       ],
                         *       "asOf": {
                         *         "height": 1,
                         *         "timestampMs": 1795399202085
                         *       },
                         *       "stale": false,
                         *       "proof": "blacklist:452c367a53dab6113a56bd5d5b5428456160342d66fc93e3f82fe2471ad3c0de"
                         *     }
                         */
                        "application/json": {
                            /** @enum {string} */
                            result: "hit" | "none";
                            listings: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                cityName: string;
                                /** @enum {string} */
                                severity: "minor" | "general" | "serious";
                                /** @example 2026-11-23 */
                                decidedOn: string;
                                /** @example 2026-11-23 */
                                effectiveFrom: string;
                                publishUntil: string | null;
                                shareUntil: string | null;
                                restrictUntil: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                listedAt: string;
                                /** @description Somebody objects; shown with every hit. */
                                disputed: boolean;
                                /** @description Final only after the day from which it claims effect. */
                                late: boolean;
                                published: boolean;
                                shared: boolean;
                                /** @description Loans and withdrawals are restricted on this day. */
                                restricted: boolean;
                                /** @description It would restrict, if its open dispute did not suspend it. */
                                suspended: boolean;
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                            /** @description Send it to POST /v1/receipts for a receipt of this answer. */
                            proof: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checks that this city answered: when, in which role, for which purpose and matter. */
        get: {
            parameters: {
                query: {
                    /** @description First number; without it the newest. */
                    from?: number;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "checks": [
                         *         {
                         *           "number": 1,
                         *           "role": "clerk",
                         *           "operator": "op03",
                         *           "purpose": "loan",
                         *           "case": "SY-2026-0001",
                         *           "given": "answer",
                         *           "result": "hit",
                         *           "proof": "blacklist:452c367a53dab6113a56bd5d5b5428456160342d66fc93e3f82fe2471ad3c0de",
                         *           "height": 1,
                         *           "at": "2026-11-23T02:00:02.142Z"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            checks: {
                                number: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                role: string;
                                /** @description The officer, or the role where none was named. */
                                operator: string;
                                purpose: string;
                                /** @description Reference of the matter. */
                                case: string;
                                /** @enum {string} */
                                given: "answer" | "receipt" | "details" | "paper" | "document";
                                /** @enum {string} */
                                result: "hit" | "none";
                                /** @description Names what was asked about; two checks of one person have the same. */
                                proof: string;
                                height: number;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that subjects are looked up with, and the ceremony under way. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "key": {
                         *         "generation": 1,
                         *         "threshold": 2,
                         *         "publicKey": "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
                         *         "dealers": [
                         *           "haikou",
                         *           "sanya"
                         *         ],
                         *         "evaluators": [
                         *           "haikou",
                         *           "sanya",
                         *           "danzhou",
                         *           "qionghai"
                         *         ],
                         *         "settledAt": "2026-11-23T01:30:00.000Z"
                         *       },
                         *       "holdsShare": true,
                         *       "ceremony": null,
                         *       "evaluated": 17,
                         *       "outcomes": {
                         *         "evaluated": 17,
                         *         "OPRF_QUOTA_EXHAUSTED": 1
                         *       },
                         *       "alarms": [
                         *         {
                         *           "code": "ENUMERATION_SUSPECTED",
                         *           "message": "An officer of sanya asked for more lookups than the policy grants. Ask that city who it was and why.",
                         *           "at": "2026-11-23T02:10:00.000Z"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            key: {
                                generation: number;
                                threshold: number;
                                publicKey: string;
                                dealers: string[];
                                evaluators: string[];
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                settledAt: string;
                            } | null;
                            /** @description This city evaluates for the others. */
                            holdsShare: boolean;
                            ceremony: {
                                id: string;
                                generation: number;
                                /** @enum {string} */
                                kind: "fresh" | "reshare";
                                threshold: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                openedAt: string;
                                dealt: string[];
                            } | null;
                            /** @description Elements evaluated for other cities since the start. */
                            evaluated: number;
                            outcomes: {
                                [key: string]: number;
                            };
                            alarms: {
                                code: string;
                                message: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this city evaluated for the officers of others: when, for whom, for which matter, how many. */
        get: {
            parameters: {
                query: {
                    from?: number;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "evaluations": [
                         *         {
                         *           "number": 1,
                         *           "at": "2026-11-23T02:00:00.907Z",
                         *           "city": "sanya",
                         *           "operator": "8902004eb514eb0abed7d0fda213f1aa",
                         *           "case": "3e9d1c7f5a2b4860918273645546372819a0b1c2d3e4f5061728394a5b6c7d8e",
                         *           "purpose": "lookup",
                         *           "count": 1,
                         *           "generation": 1,
                         *           "outcome": "evaluated"
                         *         },
                         *         {
                         *           "number": 2,
                         *           "at": "2026-11-23T02:10:00.000Z",
                         *           "city": "sanya",
                         *           "operator": "8902004eb514eb0abed7d0fda213f1aa",
                         *           "case": "3e9d1c7f5a2b4860918273645546372819a0b1c2d3e4f5061728394a5b6c7d8e",
                         *           "purpose": "lookup",
                         *           "count": 1,
                         *           "generation": 1,
                         *           "outcome": "OPRF_QUOTA_EXHAUSTED"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            evaluations: {
                                number: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @description Who asked. */
                                city: string;
                                /** @description Pseudonym of its officer; only that city can resolve it. */
                                operator: string;
                                /** @description Commitment to the matter. */
                                case: string;
                                /** @enum {string} */
                                purpose: "lookup" | "record";
                                count: number;
                                generation: number;
                                /** @description `evaluated`, or the code of the refusal. */
                                outcome: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf/ceremony": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a ceremony: for the first key, or for new shares of the present one. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "kind": "fresh",
                     *       "threshold": 2
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "fresh" | "reshare";
                        threshold?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "b309e1dc399fd7b5fb20e3313f3ac066",
                         *       "location": "haikou/16/0",
                         *       "state": "final",
                         *       "height": 32
                         *     }
                         */
                        "application/json": {
                            /** @description Of the ceremony, as `GET /v1/oprf` has it. */
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "b309e1dc399fd7b5fb20e3313f3ac066",
                         *       "location": "haikou/16/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /** @description Of the ceremony, as `GET /v1/oprf` has it. */
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue a deposit certificate from an account of this centre. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "account": "01100000014",
                     *       "addressedTo": "danzhou",
                     *       "handler": "op08",
                     *       "phone": "0898-00000000",
                     *       "holderKey": "4ab34e289c352513933e23f54f49d2e16bd43720c299c1ad2f8b4dbcd5696744"
                     *     }
                     */
                    "application/json": {
                        /** @description Account number at this centre, or the holder’s citizen number. */
                        account: string;
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        addressedTo?: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @description Of the counter; printed on the document. */
                        phone?: string;
                        /** @description Public key of the citizen’s wallet, as it is shown at the counter: Ed25519, or a compressed point of P-256. Only its holder can fetch the copy and consent. */
                        holderKey?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "code": "e32a4c57552ac2cbef20e22bb638cf68",
                         *       "location": "haikou/8/0",
                         *       "state": "final",
                         *       "height": 24
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "code": "e32a4c57552ac2cbef20e22bb638cf68",
                         *       "location": "haikou/8/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status on the ledger; the printed fields for the issuing centre’s issuers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "certificate": {
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "status": "active",
                         *         "location": "haikou/7/0",
                         *         "issuer": "haikou",
                         *         "issuerName": "海口市住房公积金管理局",
                         *         "addressedTo": "sanya",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23",
                         *         "issuedAt": "2026-11-23T02:00:03.264Z",
                         *         "commitment": "405b763b1161a1d4b4cb8cde0a49d63c5a8f1371118cb8a34b58a18876b3a30f",
                         *         "endedBy": null,
                         *         "endedAt": null,
                         *         "revokeReason": null,
                         *         "supersededBy": null,
                         *         "conflicts": []
                         *       },
                         *       "asOf": {
                         *         "height": 18,
                         *         "timestampMs": 1795399203440
                         *       },
                         *       "stale": false,
                         *       "document": {
                         *         "format": "hansa-deposit-certificate/1",
                         *         "number": "HAIKOU-2026-000001",
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "issuedBy": "海口市住房公积金管理局",
                         *         "addressedTo": "三亚市住房公积金管理局",
                         *         "holderName": "钱文",
                         *         "holderIdentityNumber": "990117196304086173",
                         *         "accountNumber": "01100000014",
                         *         "openedOn": "2011-02-03",
                         *         "employerName": "测试单位11",
                         *         "employerCode": "91990100TE5T422587",
                         *         "baseFen": 3462000,
                         *         "employerRate": "10%",
                         *         "personalRate": "10%",
                         *         "monthlyDepositFen": 692400,
                         *         "balanceFen": 133979400,
                         *         "accountStatus": "normal",
                         *         "continuousSince": "2008-08",
                         *         "continuousThrough": "2026-06",
                         *         "continuousMonths": 215,
                         *         "everBorrowed": true,
                         *         "loanCount": 1,
                         *         "loanOutstandingFen": 0,
                         *         "handler": "op08",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23"
                         *       }
                         *     }
                         */
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                            document?: Record<string, never>;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use it for a loan: once in the whole federation. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "loanReference": "LOAN-2026-0117",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description Stays in this city; the ledger gets a commitment. */
                        loanReference: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/5/0",
                         *       "state": "final",
                         *       "height": 20
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/5/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an own certificate that was not used. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example e32a4c57552ac2cbef20e22bb638cf68
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "account-changed",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "error" | "holder-request" | "fraud" | "account-changed";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/9/0",
                         *       "state": "final",
                         *       "height": 25
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/9/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications that wait for an officer, oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "applications": [
                         *         {
                         *           "id": "bff948dfde74fc8b5e502d02a2e6004f",
                         *           "account": "01100000014",
                         *           "purpose": "loan-approval",
                         *           "holderKey": "4ab34e289c352513933e23f54f49d2e16bd43720c299c1ad2f8b4dbcd5696744",
                         *           "addressedTo": "sanya",
                         *           "phone": null,
                         *           "appliedAt": "2026-11-23T02:00:03.249Z"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            applications: {
                                id: string;
                                account: string;
                                addressedTo: string | null;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                phone: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                appliedAt: string;
                                /** @description The applicant’s public key; the wallet shows the same. */
                                holderKey: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Apply for a certificate, signed with the key that it is to be bound to. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "account": "01100000014",
                     *       "addressedTo": "sanya",
                     *       "purpose": "loan-approval"
                     *     }
                     */
                    "application/json": {
                        /** @description Account number at this centre, or the holder’s citizen number. Not compared with anything before an officer does. */
                        account: string;
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        addressedTo?: string;
                        /** @enum {string} */
                        purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                        phone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "bff948dfde74fc8b5e502d02a2e6004f",
                         *       "state": "pending",
                         *       "purpose": "loan-approval",
                         *       "addressedTo": "sanya",
                         *       "appliedAt": "2026-11-23T02:00:03.249Z",
                         *       "decidedAt": null,
                         *       "certificate": null,
                         *       "refusal": null
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the own application. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example bff948dfde74fc8b5e502d02a2e6004f */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "bff948dfde74fc8b5e502d02a2e6004f",
                         *       "state": "approved",
                         *       "purpose": "loan-approval",
                         *       "addressedTo": "sanya",
                         *       "appliedAt": "2026-11-23T02:00:03.249Z",
                         *       "decidedAt": "2026-11-23T02:00:03.296Z",
                         *       "certificate": "6daf1e296691d6ba111bac64b27073a0",
                         *       "refusal": null
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue the certificate on the applicant’s key. Confirm first who applies. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example bff948dfde74fc8b5e502d02a2e6004f */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        phone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "code": "6daf1e296691d6ba111bac64b27073a0",
                         *       "location": "haikou/7/0",
                         *       "state": "final",
                         *       "height": 14
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "code": "6daf1e296691d6ba111bac64b27073a0",
                         *       "location": "haikou/7/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse an application, with a reason that the applicant sees. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example c49f6d78d9421212efb39200d55aeb18 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "handler": "op08",
                     *       "reason": "identity-not-confirmed"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @enum {string} */
                        reason: "identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "c49f6d78d9421212efb39200d55aeb18",
                         *       "state": "refused",
                         *       "purpose": "loan-approval",
                         *       "addressedTo": "sanya",
                         *       "appliedAt": "2026-11-23T02:00:03.311Z",
                         *       "decidedAt": "2026-11-23T02:00:03.312Z",
                         *       "certificate": null,
                         *       "refusal": "identity-not-confirmed"
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A challenge for one request that a holder signs. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "challenge": "AaIGI45rqX5E7znqxkXWNoLSPuBZtM_fdmRaARxmpL4",
                         *       "expiresInMs": 120000
                         *     }
                         */
                        "application/json": {
                            /** @description The `nonce` of the header Hansa-Holder. */
                            challenge: string;
                            expiresInMs: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/certificates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own certificate: status with a receipt; at the issuing city the copy to carry and the printed fields. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "certificate": {
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "status": "active",
                         *         "location": "haikou/7/0",
                         *         "issuer": "haikou",
                         *         "issuerName": "海口市住房公积金管理局",
                         *         "addressedTo": "sanya",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23",
                         *         "issuedAt": "2026-11-23T02:00:03.264Z",
                         *         "commitment": "405b763b1161a1d4b4cb8cde0a49d63c5a8f1371118cb8a34b58a18876b3a30f",
                         *         "endedBy": null,
                         *         "endedAt": null,
                         *         "revokeReason": null,
                         *         "supersededBy": null,
                         *         "conflicts": []
                         *       },
                         *       "asOf": {
                         *         "height": 14,
                         *         "timestampMs": 1795399203264
                         *       },
                         *       "credential": "eyJ0eXAiOiJkYytzZC1qd3QiLCJraWQiOiJlZDgwNWZiZjA4MmVlNDNjMzM0NGIyODczMWJhM2YyMGJjNzBmZjZjMzRiNTI2NmIyYjZkNzBmMjYxMTAwYTdkL2hhaWtvdSIsImFsZyI6IkVkRFNBIn0.eyJpc3MiOiJ1cm46aGFuc2E6ZWQ4MDVmYmYwODJlZTQzYzMzNDRiMjg3MzFiYTNmMjBiYzcwZmY2YzM0YjUyNjZiMmI2ZDcwZjI2MTEwMGE3ZDpoYWlrb3UiLCJpYXQiOjE3OTUzOTkyMDMsImV4cCI6MTgwMDcyMDAwMCwidmN0IjoidXJuOmhhbnNhOnZjdDpkZXBvc2l0LWNlcnRpZmljYXRlOjEiLCJjbmYiOnsiandrIjp7Imt0eSI6Ik9LUCIsImNydiI6IkVkMjU1MTkiLCJ4IjoiU3JOT0tKdzFKUk9UUGlQMVQwblM0V3ZVTnlEQ21jR3RMNHROdk5WcFowUSJ9fSwiY2VydGlmaWNhdGVfaWQiOiI2ZGFmMWUyOTY2OTFkNmJhMTExYmFjNjRiMjcwNzNhMCIsInZhbGlkX3VudGlsIjoiMjAyNy0wMS0yMyIsIl9zZCI6WyItcmN2YVdIOWllaU5QRjVFbmtJNV92cEFPMGZRVnBXdVBjM2JwUkFUSmxjIiwiNXFNcFZPckI5TDcwem92OUdSYVZxWExiWDZSbUtxYncwNUE1alU4SG1VTSIsIkJNSnYyS2F3aTJNVWhBa1dsbC01YTgwWEFSTERxSGU5MTNDOG9GZGNiZE0iLCJFNTRfckgzc05XQTlKajdtVFFCeXdadlowdGQzZ09zejhlTjVBX0tWa3RrIiwiRVdONzJRV3NuQ0syTkh3LTRJSGwzaWt5b1N6NVhkOVBDWVJyOF9SVXpITSIsIkdscHJmMGhHU3dCQUhHNlVaY251d1FsOFI4SGl2Y0t6Wkg5ZTRnRS00S2siLCJJcHVRbkpyaVdMRUE2VkxUT3JpejVOYWNwSXlFN3NuT08zbTVicmlBUWVRIiwiTW1oTXgwTFlTZzFEcXZWM09UdFhvRjRiX1U1cXpQMVk5cmozNzJXWUhtZyIsIk5zTm1kaGpudjlhZU02OWd6ZThRQTVQWlJXY1dyXy1qQ0Y5Nk1WeUtvc1EiLCJUelJ4TTNydG9GRDZXQWlFcEdqUkVyVlpxTm4xR2hndnJQR253Y1JQUElFIiwiVjNUaldYLVpBYl91TXdkN0w5MUpRWFNlNXhSRFhpdm5ydE9ST1dvTTVYQSIsIldRSVhzYm1vSVoxVFpoVERBblFUcGNheGFzYk5SX29fNzM2cEJJbW0wbGciLCJZUW8xc3NuakdNSlM0QTY0aWgwdHVPZ1R6S3A5UHlFdzhIa0V6a2g1ZUhzIiwiYW1VQ09SN2c3NU5FOHlIRDdDVndSYkxOYllNVHFSelo2QWNRV1lSX3FtMCIsImJCY3lUZDJwUWhKM2xHUXg3Y19wQUN6RWF3SG5rM2RkZUd4RmxYeDRqTkEiLCJkNzJiUW56aWFXd0M5N2U3Vlp3TzRoX2IzaVR4aGVBNUNSWTNLa3BuM2I4IiwiZEdTU1hKWE04cnhsTXF0RjE5bVpQWHhnb1JaelRzdmFmTUpsa04wYmRiZyIsImU1aXJGMWRlZWw3ZmljbWl3U1lCQUJYT01OSVRaWmNEN2xHeTRXLTZ3UjQiLCJmNUJDR1VBTHhSLThTbjdGWG1NZ2JJQ1Zldm9yNnlRUFg3dFBSYnNzeUtRIiwiaUMyZFZPWEU2Y2R2U1JHYzV6ekw0UHg4djBNLUtLajFOY0ptUDdhZDcyMCIsImtjcWpYeDZ1eDZLR0dPdncwVXlkRk92eV9mSXBoeGptLS1yN3B3dXRuMFkiLCJsazl0eTVock52YUI4QUVaNWJHbndiT1lnZmcxNjJJNW05aGNBQVAzVXJ3IiwicVh0NFd6bEdtVlFGdzlGam1DY2dpaXh5ejlvMEIwTjk4SVBpTVFUczZmMCIsInFsTlIwV1ZLRXBzU3FTMkhraHd2cFJIaVBpZ0Z6MG5yMWFGTUNheElFV2ciLCJ5Z1Nvc1BwaWRtRm5SWTlUc3Z4ckN3NGJlelhmUm0wOFhsenFCekVhNkJBIl0sIl9zZF9hbGciOiJzaGEtMjU2In0.YF2HG-xb5ObjxsimzivhQ9N43n69D-TIvxP2_O84peekIkm8n5rFc5DlBJ-7s1HhlHZqizpy4oV3ohIaKz7KAA~WyJ0UDJvbk1qcTBFZ3BTUE1yWlBSTDZ3IiwibnVtYmVyIiwiSEFJS09VLTIwMjYtMDAwMDAxIl0~WyJLUFBCUWpiZnUtckNzY3pOdUpoVUpnIiwiaXNzdWVkQnkiLCLmtbflj6PluILkvY_miL_lhaznp6_ph5HnrqHnkIblsYAiXQ~WyJPRGJaR0RKSF9XVVdBNEVsQ1p3NVNnIiwiYWRkcmVzc2VkVG8iLCLkuInkuprluILkvY_miL_lhaznp6_ph5HnrqHnkIblsYAiXQ~WyJuSUVybUVZWnYzTldkblhoLWJlRmd3IiwiaG9sZGVyTmFtZSIsIumSseaWhyJd~WyJ1dGFDSl9RU1RmQW84di1yRXlfbnVnIiwiaG9sZGVySWRlbnRpdHlOdW1iZXIiLCI5OTAxMTcxOTYzMDQwODYxNzMiXQ~WyJieVhOVlo1aDRtMDVIVUlmRDZobVl3IiwiYWNjb3VudE51bWJlciIsIjAxMTAwMDAwMDE0Il0~WyJ3ME43V3M2d252LU1fX0hFSGthT3hRIiwib3BlbmVkT24iLCIyMDExLTAyLTAzIl0~WyJqRGtpOEtRUEdDQklBMV80VWFSWkN3IiwiZW1wbG95ZXJOYW1lIiwi5rWL6K-V5Y2V5L2NMTEiXQ~WyJvV0xIMFU2c1RKSno1RnM2TXNyOTB3IiwiZW1wbG95ZXJDb2RlIiwiOTE5OTAxMDBURTVUNDIyNTg3Il0~WyI4MVQwdHQ3aG1ZMWVaS2VLNFN4QVNnIiwiYmFzZUZlbiIsMzQ2MjAwMF0~WyJsZWJyalRZNENPQ1RqN3FZUTlMRG5nIiwiZW1wbG95ZXJSYXRlIiwiMTAlIl0~WyJvUFVzSkVnMGJ6TTRCU0NSRjBzckdBIiwicGVyc29uYWxSYXRlIiwiMTAlIl0~WyI1dmtuUXRoRloyYVNxZjFiT1cySWtnIiwibW9udGhseURlcG9zaXRGZW4iLDY5MjQwMF0~WyJzLUNmMHZSYl9YTTZocXpFRnU4YS1BIiwiYmFsYW5jZUZlbiIsMTMzOTc5NDAwXQ~WyJ2TGcwOGJBcXlQZUZ5U1U2bDI4Z2NnIiwiYWNjb3VudFN0YXR1cyIsIm5vcm1hbCJd~WyJEdzlsYXctVHNrc3F2MnhyRDJmSXZnIiwiY29udGludW91c1NpbmNlIiwiMjAwOC0wOCJd~WyJoNmFtak0xUnZRRGVtWWRUbHgwT1RBIiwiY29udGludW91c1Rocm91Z2giLCIyMDI2LTA2Il0~WyJDTDlvUGR4SWpsYVZ2ZEx0aFBhb1hRIiwiY29udGludW91c01vbnRocyIsMjE1XQ~WyJsRF90cVNKVVFpcEtNcThUdGZta2R3IiwiZXZlckJvcnJvd2VkIix0cnVlXQ~WyItdDZVR2hHeFdEQjRScEgwcDMyXzZRIiwibG9hbkNvdW50IiwxXQ~WyJNRnNJeXdKaG1IYTNHRUs2Z05QSVdBIiwibG9hbk91dHN0YW5kaW5nRmVuIiwwXQ~WyJfNTdsLVBKNGNCQWFRVXktRWdQempRIiwiaGFuZGxlciIsIm9wMDgiXQ~WyJ2UGl0aHkwcGxXTndJRExlTXMzT0tnIiwiaXNzdWVkT24iLCIyMDI2LTExLTIzIl0~",
                         *       "document": {
                         *         "format": "hansa-deposit-certificate/1",
                         *         "number": "HAIKOU-2026-000001",
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "issuedBy": "海口市住房公积金管理局",
                         *         "addressedTo": "三亚市住房公积金管理局",
                         *         "holderName": "钱文",
                         *         "holderIdentityNumber": "990117196304086173",
                         *         "accountNumber": "01100000014",
                         *         "openedOn": "2011-02-03",
                         *         "employerName": "测试单位11",
                         *         "employerCode": "91990100TE5T422587",
                         *         "baseFen": 3462000,
                         *         "employerRate": "10%",
                         *         "personalRate": "10%",
                         *         "monthlyDepositFen": 692400,
                         *         "balanceFen": 133979400,
                         *         "accountStatus": "normal",
                         *         "continuousSince": "2008-08",
                         *         "continuousThrough": "2026-06",
                         *         "continuousMonths": 215,
                         *         "everBorrowed": true,
                         *         "loanCount": 1,
                         *         "loanOutstandingFen": 0,
                         *         "handler": "op08",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23"
                         *       },
                         *       "receipt": "Cq8BCkgKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9EAMgDyoguI7F2ODD/hKOz87qBkMSbGrmDOEtdbK5RxGxdVd2toESAQcaYLijLRpHh9bB3pEhgbVCAm2HGGTrLMfSH8hAJ1jbPcBWeigYj3BDD6+psvWvOqi7hA6EEhcdUIma5Ift6pIDul/EH5pqSAUpMc7EH+4L9yI0aw6kMUtFlp4yfrTveL3dMxKbAQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YDyAPKiDVuI6ymx6IuuQp4lRkJdChK071vl157vWvUVmA6L4RMTAOOPLzhrGgNEpICA4QDBogwGSx9jua+Hybu5fAR733PUEhKVJeQKVLzvPiz/8UbGMiIIxuf4IigzntEY/eNUc+5AaCgr3gsW9o0rRZRpVMa77FGiC5Yr61Hn1BSjmt1792dxGwoGWLoCC1oGuN4tlOYCAg0SIgpPrh3E3zdjDGG2IlR0QQ6v3sJLYkqD1Km/mWGNZj1bMyzgIKIK3CZfcRCXWPIi+dtEveRJ9Yu9dwu+3UBYRlkV23O/JKEn0KAhAHEAEYAiCsogEo6aIBMiBAW3Y7EWGh1LTLjN4KSdY8Wo8TcRGMuKNLWKGIdrOjDzogSrNOKJw1JROTPiP1T0nS4WvUNyDCmcGtL4tNvNVpZ0RAwPOGsaA0ciBFYcgSxTzcdTcrMzX39IFFuHHoZLVkJZdQenVFGRwQbxoB+CIglvSoenrndkizm9MO9g2sLdA2uh3pvbskdAIFt7JhX1QiIPl6wZaT9arRYgmlM1tYwJnwK6RuQTMF0piGNN+3oqUlIiAmZplN8goiC53EMsF0IquqWMCJuqjukazOtOOw1fUJEyIgUYI28twjmdRfWW+KmJhysm9wJ4+5bmfJiiXlIC34r2giIHH1VDZX2C8RoAKvO41kUqUw019MBnqOh26ppe/Bh3Q9OiCxowLT6i6g9GnV1VNV4r788Y7wh72lLKFWtlGkXnAPxA=="
                         *     }
                         */
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description Receipt bytes in base64. */
                            receipt: string;
                            /** @description SD-JWT VC: docs/spec/credential.md. */
                            credential?: string;
                            document?: Record<string, never>;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change severity or dates of an own listing; two different officers. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "severity": "general",
                     *       "publishUntil": "2027-06-02",
                     *       "restrictUntil": "2027-06-02",
                     *       "shareUntil": "2027-06-02",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        severity?: "minor" | "general" | "serious";
                        /** @example 2026-11-23 */
                        publishUntil?: string;
                        /** @example 2026-11-23 */
                        shareUntil?: string;
                        /** @example 2026-11-23 */
                        restrictUntil?: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/3/0",
                         *       "state": "final",
                         *       "height": 7
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/3/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift an own listing; two different officers. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "repaired",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "expired" | "repaired" | "void";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/4/0",
                         *       "state": "final",
                         *       "height": 8
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/4/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a dispute of any listing, or close one of an own listing. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "state": "open",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        state: "open" | "closed";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @enum {string} */
                        effect?: "flag" | "suspend";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/1/0",
                         *       "state": "final",
                         *       "height": 5
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "sanya/1/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a second officer, oldest first, and what was decided lately; to auditors without persons. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "waiting": [
                         *         {
                         *           "id": "9ef2f46745cc0b43da077489015e95da",
                         *           "state": "waiting",
                         *           "change": {
                         *             "kind": "list",
                         *             "listing": {
                         *               "subject": {
                         *                 "kind": "id",
                         *                 "number": "990102198812310025"
                         *               },
                         *               "judgementNumber": "测试认字第3号",
                         *               "decidedOn": "2026-11-13",
                         *               "name": "测试丙",
                         *               "behaviour": "default",
                         *               "severity": "serious",
                         *               "amountFen": 2715000,
                         *               "noticeDate": "2026-09-24",
                         *               "objectionUntil": "2026-10-14",
                         *               "restrictUntil": "2029-11-13"
                         *             }
                         *           },
                         *           "handler": "op08",
                         *           "documents": [
                         *             {
                         *               "name": "decision.pdf",
                         *               "mediaType": "application/pdf",
                         *               "bytes": 9,
                         *               "sha256": "0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e",
                         *               "commitment": "bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b"
                         *             }
                         *           ],
                         *           "preparedAt": "2026-11-23T02:00:02.255Z",
                         *           "decidedAt": null,
                         *           "approver": null,
                         *           "location": null,
                         *           "reason": null
                         *         }
                         *       ],
                         *       "decided": [
                         *         {
                         *           "id": "cbe1245dd303fe8fd3e629470121b4fb",
                         *           "state": "returned",
                         *           "change": {
                         *             "kind": "lift",
                         *             "location": "haikou/1/0",
                         *             "reason": "repaired"
                         *           },
                         *           "handler": "op08",
                         *           "preparedAt": "2026-11-23T02:00:02.261Z",
                         *           "decidedAt": "2026-11-23T02:00:02.264Z",
                         *           "approver": "ap02",
                         *           "location": null,
                         *           "reason": "The receipt of the repayment is missing."
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            waiting: {
                                id: string;
                                /** @enum {string} */
                                state: "waiting" | "approved" | "returned";
                                /** @description What was prepared; without the person once decided. */
                                change: Record<string, never>;
                                handler: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                preparedAt: string;
                                decidedAt: string | null;
                                approver: string | null;
                                location: string | null;
                                reason: string | null;
                                /** @description Papers that the listing commits to when it is approved; to auditors without their names. */
                                documents: {
                                    name: string;
                                    mediaType: string;
                                    bytes: number;
                                    sha256: string;
                                    /** @description What the record will have of it, in hexadecimal. */
                                    commitment: string;
                                }[];
                            }[];
                            decided: {
                                id: string;
                                /** @enum {string} */
                                state: "waiting" | "approved" | "returned";
                                /** @description What was prepared; without the person once decided. */
                                change: Record<string, never>;
                                handler: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                preparedAt: string;
                                decidedAt: string | null;
                                approver: string | null;
                                location: string | null;
                                reason: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Prepare a listing, an amendment or a lift for a second officer. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description `listing` for list; `location` and what changes for amend; `location` and `reason` for lift. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "kind": "list",
                     *       "listing": {
                     *         "subject": {
                     *           "kind": "id",
                     *           "number": "990102198812310025"
                     *         },
                     *         "judgementNumber": "测试认字第3号",
                     *         "decidedOn": "2026-11-13",
                     *         "name": "测试丙",
                     *         "behaviour": "default",
                     *         "severity": "serious",
                     *         "amountFen": 2715000,
                     *         "noticeDate": "2026-09-24",
                     *         "objectionUntil": "2026-10-14",
                     *         "restrictUntil": "2029-11-13"
                     *       },
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "list" | "amend" | "lift";
                        listing?: {
                            subject: {
                                /**
                                 * @description Citizen number (GB 11643) or credit code (GB 32100).
                                 * @enum {string}
                                 */
                                kind: "id" | "org";
                                /** @description Never in a URL, never logged, never on a lane. */
                                number: string;
                            };
                            name: string;
                            /** @enum {string} */
                            behaviour: "false-withdrawal" | "false-loan" | "default" | "employer-nonpayment" | "other";
                            /** @enum {string} */
                            severity: "minor" | "general" | "serious";
                            amountFen?: number;
                            judgementNumber: string;
                            /** @example 2026-11-23 */
                            noticeDate: string;
                            /** @example 2026-11-23 */
                            objectionUntil: string;
                            /** @example 2026-11-23 */
                            decidedOn: string;
                            /** @example 2026-11-23 */
                            restrictUntil: string;
                        };
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        location?: string;
                        /** @enum {string} */
                        severity?: "minor" | "general" | "serious";
                        /** @example 2026-11-23 */
                        publishUntil?: string;
                        /** @example 2026-11-23 */
                        shareUntil?: string;
                        /** @example 2026-11-23 */
                        restrictUntil?: string;
                        /** @enum {string} */
                        reason?: "expired" | "repaired" | "void";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "9ef2f46745cc0b43da077489015e95da",
                         *       "state": "waiting",
                         *       "change": {
                         *         "kind": "list",
                         *         "listing": {
                         *           "subject": {
                         *             "kind": "id",
                         *             "number": "990102198812310025"
                         *           },
                         *           "judgementNumber": "测试认字第3号",
                         *           "decidedOn": "2026-11-13",
                         *           "name": "测试丙",
                         *           "behaviour": "default",
                         *           "severity": "serious",
                         *           "amountFen": 2715000,
                         *           "noticeDate": "2026-09-24",
                         *           "objectionUntil": "2026-10-14",
                         *           "restrictUntil": "2029-11-13"
                         *         }
                         *       },
                         *       "handler": "op08",
                         *       "preparedAt": "2026-11-23T02:00:02.255Z",
                         *       "decidedAt": null,
                         *       "approver": null,
                         *       "location": null,
                         *       "reason": null
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve and carry out, by another officer than the one who prepared it. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 9ef2f46745cc0b43da077489015e95da */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "approver": "ap02",
                     *       "documents": [
                     *         "bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                        /** @description Commitments of the papers that the approver saw, none when left out: refused when others wait with the listing. */
                        documents?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "9ef2f46745cc0b43da077489015e95da",
                         *       "state": "approved",
                         *       "change": {
                         *         "kind": "list",
                         *         "listing": {
                         *           "subject": {
                         *             "kind": "id",
                         *             "number": ""
                         *           },
                         *           "judgementNumber": "测试认字第3号",
                         *           "decidedOn": "2026-11-13",
                         *           "name": "",
                         *           "behaviour": "default",
                         *           "severity": "serious",
                         *           "amountFen": 2715000,
                         *           "noticeDate": "2026-09-24",
                         *           "objectionUntil": "2026-10-14",
                         *           "restrictUntil": "2029-11-13"
                         *         }
                         *       },
                         *       "handler": "op08",
                         *       "preparedAt": "2026-11-23T02:00:02.255Z",
                         *       "decidedAt": "2026-11-23T02:00:02.293Z",
                         *       "approver": "ap02",
                         *       "location": "haikou/2/0",
                         *       "reason": null
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return a prepared change, with the reason. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example cbe1245dd303fe8fd3e629470121b4fb */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "approver": "ap02",
                     *       "reason": "The receipt of the repayment is missing."
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "cbe1245dd303fe8fd3e629470121b4fb",
                         *       "state": "returned",
                         *       "change": {
                         *         "kind": "lift",
                         *         "location": "haikou/1/0",
                         *         "reason": "repaired"
                         *       },
                         *       "handler": "op08",
                         *       "preparedAt": "2026-11-23T02:00:02.261Z",
                         *       "decidedAt": "2026-11-23T02:00:02.264Z",
                         *       "approver": "ap02",
                         *       "location": null,
                         *       "reason": "The receipt of the repayment is missing."
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry a holder’s consent to the ledger. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "record": "CAMQARoQD/ikxFMQvWh5MPsFQMHkPiIsChAhddaAqSdMiR9PBgRaVp9aEhBtrx4pZpHWuhEbrGSycHOgGAIgASgCQAIqZAogSrNOKJw1JROTPiP1T0nS4WvUNyDCmcGtL4tNvNVpZ0QSQJEdAXZOqI0eYb0wFf+hOY6hRsxjKLgs914mTUOHJk8ulgxothOLr7iBOv/c8HNhxrvY6NHqzB9ZAWtZrez2wgY="
                     *     }
                     */
                    "application/json": {
                        /** @description Bytes of the `Record`, signed by the holder’s wallet, in base64. See docs/spec/families.md. */
                        record: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "2175d680a9274c891f4f06045a569f5a",
                         *       "location": "danzhou/2/0",
                         *       "state": "final",
                         *       "height": 16
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "2175d680a9274c891f4f06045a569f5a",
                         *       "location": "danzhou/2/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A consent as it stands, with the balance that is left. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 2175d680a9274c891f4f06045a569f5a */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "consent": {
                         *         "id": "2175d680a9274c891f4f06045a569f5a",
                         *         "status": "active",
                         *         "certificate": "6daf1e296691d6ba111bac64b27073a0",
                         *         "grantee": "sanya",
                         *         "purpose": "loan-approval",
                         *         "mode": "count",
                         *         "from": null,
                         *         "to": null,
                         *         "maxUses": 2,
                         *         "uses": 1,
                         *         "usesLeft": 1,
                         *         "location": "danzhou/2/0",
                         *         "grantedAt": "2026-11-23T02:00:03.347Z",
                         *         "withdrawnAt": null
                         *       },
                         *       "asOf": {
                         *         "height": 18,
                         *         "timestampMs": 1795399203440
                         *       }
                         *     }
                         */
                        "application/json": {
                            /** @description What the holder allowed, and what is left of it. Null: without such a bound. */
                            consent: {
                                id: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "expired" | "withdrawn" | "exhausted";
                                certificate: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                grantee: string;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                /** @enum {string} */
                                mode: "time" | "count" | "time-and-count";
                                from: string | null;
                                to: string | null;
                                maxUses: number | null;
                                uses: number;
                                usesLeft: number | null;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                grantedAt: string;
                                withdrawnAt: string | null;
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The consents of a certificate’s holder, newest first. */
        get: {
            parameters: {
                query: {
                    limit: number;
                };
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "consents": [
                         *         {
                         *           "id": "2175d680a9274c891f4f06045a569f5a",
                         *           "status": "active",
                         *           "certificate": "6daf1e296691d6ba111bac64b27073a0",
                         *           "grantee": "sanya",
                         *           "purpose": "loan-approval",
                         *           "mode": "count",
                         *           "from": null,
                         *           "to": null,
                         *           "maxUses": 2,
                         *           "uses": 1,
                         *           "usesLeft": 1,
                         *           "location": "danzhou/2/0",
                         *           "grantedAt": "2026-11-23T02:00:03.347Z",
                         *           "withdrawnAt": null
                         *         }
                         *       ],
                         *       "asOf": {
                         *         "height": 18,
                         *         "timestampMs": 1795399203440
                         *       }
                         *     }
                         */
                        "application/json": {
                            consents: {
                                id: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "expired" | "withdrawn" | "exhausted";
                                certificate: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                grantee: string;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                /** @enum {string} */
                                mode: "time" | "count" | "time-and-count";
                                from: string | null;
                                to: string | null;
                                maxUses: number | null;
                                uses: number;
                                usesLeft: number | null;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                grantedAt: string;
                                withdrawnAt: string | null;
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry a holder’s withdrawal to the ledger; the grantee forgets what it was given. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 2175d680a9274c891f4f06045a569f5a */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "record": "CAMQAhoQiNkpB8a6wZYQVZ2MB0bwlSISChAhddaAqSdMiR9PBgRaVp9aKmQKIEqzTiicNSUTkz4j9U9J0uFr1DcgwpnBrS+LTbzVaWdEEkBzHkntAdap5DqfKvShD4bBdWDZqlsRiWc9NtmcKUK2MSlnXIBYvLLAIcPX2Aico2hkBSiD0M1av91qABIQohwO"
                     *     }
                     */
                    "application/json": {
                        /** @description Bytes of the `Record`, signed by the holder’s wallet, in base64. See docs/spec/families.md. */
                        record: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "2175d680a9274c891f4f06045a569f5a",
                         *       "location": "sanya/6/0",
                         *       "state": "final",
                         *       "height": 21
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "2175d680a9274c891f4f06045a569f5a",
                         *       "location": "sanya/6/0",
                         *       "state": "pending"
                         *     }
                         */
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open another city’s certificate: under its holder’s consent, of which it takes one use, or on a legal basis. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            /** @description Under a consent and its purpose, or on a legal basis that opens certificates. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "consent": "2175d680a9274c891f4f06045a569f5a",
                     *       "purpose": "loan-approval",
                     *       "case": "SY-2026-0003",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        consent?: string;
                        /** @enum {string} */
                        purpose?: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                        /** @description One of `policy.access.legalBases`. */
                        basis?: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "certificate": {
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "status": "active",
                         *         "location": "haikou/7/0",
                         *         "issuer": "haikou",
                         *         "issuerName": "海口市住房公积金管理局",
                         *         "addressedTo": "sanya",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23",
                         *         "issuedAt": "2026-11-23T02:00:03.264Z",
                         *         "commitment": "405b763b1161a1d4b4cb8cde0a49d63c5a8f1371118cb8a34b58a18876b3a30f",
                         *         "endedBy": null,
                         *         "endedAt": null,
                         *         "revokeReason": null,
                         *         "supersededBy": null,
                         *         "conflicts": []
                         *       },
                         *       "document": {
                         *         "format": "hansa-deposit-certificate/1",
                         *         "number": "HAIKOU-2026-000001",
                         *         "code": "6daf1e296691d6ba111bac64b27073a0",
                         *         "issuedBy": "海口市住房公积金管理局",
                         *         "addressedTo": "三亚市住房公积金管理局",
                         *         "holderName": "钱文",
                         *         "holderIdentityNumber": "990117196304086173",
                         *         "accountNumber": "01100000014",
                         *         "openedOn": "2011-02-03",
                         *         "employerName": "测试单位11",
                         *         "employerCode": "91990100TE5T422587",
                         *         "baseFen": 3462000,
                         *         "employerRate": "10%",
                         *         "personalRate": "10%",
                         *         "monthlyDepositFen": 692400,
                         *         "balanceFen": 133979400,
                         *         "accountStatus": "normal",
                         *         "continuousSince": "2008-08",
                         *         "continuousThrough": "2026-06",
                         *         "continuousMonths": 215,
                         *         "everBorrowed": true,
                         *         "loanCount": 1,
                         *         "loanOutstandingFen": 0,
                         *         "handler": "op08",
                         *         "issuedOn": "2026-11-23",
                         *         "validUntil": "2027-01-23"
                         *       },
                         *       "opened": {
                         *         "salt": "088d5e236be46415bb3f3f262ce15a8b1e3b6a1b06a420fc8ed5ced9e65749e4",
                         *         "payload": "eyJmb3JtYXQiOiJoYW5zYS1kZXBvc2l0LWNlcnRpZmljYXRlLzEiLCJudW1iZXIiOiJIQUlLT1UtMjAyNi0wMDAwMDEiLCJjb2RlIjoiNmRhZjFlMjk2NjkxZDZiYTExMWJhYzY0YjI3MDczYTAiLCJpc3N1ZWRCeSI6Iua1t+WPo+W4guS9j+aIv+WFrOenr+mHkeeuoeeQhuWxgCIsImFkZHJlc3NlZFRvIjoi5LiJ5Lqa5biC5L2P5oi/5YWs56ev6YeR566h55CG5bGAIiwiaG9sZGVyTmFtZSI6IumSseaWhyIsImhvbGRlcklkZW50aXR5TnVtYmVyIjoiOTkwMTE3MTk2MzA0MDg2MTczIiwiYWNjb3VudE51bWJlciI6IjAxMTAwMDAwMDE0Iiwib3BlbmVkT24iOiIyMDExLTAyLTAzIiwiZW1wbG95ZXJOYW1lIjoi5rWL6K+V5Y2V5L2NMTEiLCJlbXBsb3llckNvZGUiOiI5MTk5MDEwMFRFNVQ0MjI1ODciLCJiYXNlRmVuIjozNDYyMDAwLCJlbXBsb3llclJhdGUiOiIxMCUiLCJwZXJzb25hbFJhdGUiOiIxMCUiLCJtb250aGx5RGVwb3NpdEZlbiI6NjkyNDAwLCJiYWxhbmNlRmVuIjoxMzM5Nzk0MDAsImFjY291bnRTdGF0dXMiOiJub3JtYWwiLCJjb250aW51b3VzU2luY2UiOiIyMDA4LTA4IiwiY29udGludW91c1Rocm91Z2giOiIyMDI2LTA2IiwiY29udGludW91c01vbnRocyI6MjE1LCJldmVyQm9ycm93ZWQiOnRydWUsImxvYW5Db3VudCI6MSwibG9hbk91dHN0YW5kaW5nRmVuIjowLCJoYW5kbGVyIjoib3AwOCIsImlzc3VlZE9uIjoiMjAyNi0xMS0yMyIsInZhbGlkVW50aWwiOiIyMDI3LTAxLTIzIn0=",
                         *         "commitment": "405b763b1161a1d4b4cb8cde0a49d63c5a8f1371118cb8a34b58a18876b3a30f"
                         *       },
                         *       "source": "delivered",
                         *       "use": "sanya/4/0",
                         *       "receipt": null,
                         *       "asOf": {
                         *         "height": 17,
                         *         "timestampMs": 1795399203393
                         *       },
                         *       "stale": false
                         *     }
                         */
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /** @description The printed fields. */
                            document: Record<string, never>;
                            /** @description SHA-256(salt || payload) is the commitment on the ledger: whoever opened it verifies it alone. */
                            opened: {
                                salt: string;
                                /** @description In base64. */
                                payload: string;
                                commitment: string;
                            };
                            /** @enum {string} */
                            source: "delivered" | "issuer";
                            use: string | null;
                            receipt: string | null;
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Behaviour and amount of a listing and the list of its papers, on a legal basis. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 2 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basis": "LOAN_DECISION",
                     *       "case": "SY-2026-0002",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description One of `policy.access.legalBases`. */
                        basis: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/2/0",
                         *       "city": "haikou",
                         *       "details": {
                         *         "format": "hansa-listing/1",
                         *         "subjectKind": "id",
                         *         "identityNumber": "990102198812310025",
                         *         "name": "测试丙",
                         *         "behaviour": "default",
                         *         "severity": "serious",
                         *         "amountFen": 2715000,
                         *         "judgementNumber": "测试认字第3号",
                         *         "noticeDate": "2026-09-24",
                         *         "objectionUntil": "2026-10-14",
                         *         "decidedOn": "2026-11-13",
                         *         "restrictUntil": "2029-11-13",
                         *         "handler": "op08",
                         *         "approver": "ap02",
                         *         "documents": [
                         *           {
                         *             "name": "decision.pdf",
                         *             "mediaType": "application/pdf",
                         *             "bytes": 9,
                         *             "sha256": "0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e",
                         *             "commitment": "bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b"
                         *           }
                         *         ]
                         *       },
                         *       "opened": {
                         *         "salt": "afa852605e381198b3bd58367ec121ab677dfb04d2bbeeed05985033401d72ec",
                         *         "payload": "eyJmb3JtYXQiOiJoYW5zYS1saXN0aW5nLzEiLCJzdWJqZWN0S2luZCI6ImlkIiwiaWRlbnRpdHlOdW1iZXIiOiI5OTAxMDIxOTg4MTIzMTAwMjUiLCJuYW1lIjoi5rWL6K+V5LiZIiwiYmVoYXZpb3VyIjoiZGVmYXVsdCIsInNldmVyaXR5Ijoic2VyaW91cyIsImFtb3VudEZlbiI6MjcxNTAwMCwianVkZ2VtZW50TnVtYmVyIjoi5rWL6K+V6K6k5a2X56ysM+WPtyIsIm5vdGljZURhdGUiOiIyMDI2LTA5LTI0Iiwib2JqZWN0aW9uVW50aWwiOiIyMDI2LTEwLTE0IiwiZGVjaWRlZE9uIjoiMjAyNi0xMS0xMyIsInJlc3RyaWN0VW50aWwiOiIyMDI5LTExLTEzIiwiaGFuZGxlciI6Im9wMDgiLCJhcHByb3ZlciI6ImFwMDIiLCJkb2N1bWVudHMiOlt7Im5hbWUiOiJkZWNpc2lvbi5wZGYiLCJtZWRpYVR5cGUiOiJhcHBsaWNhdGlvbi9wZGYiLCJieXRlcyI6OSwic2hhMjU2IjoiMDcxNmY5MjY0YzlmZTE5ZjVkNzQ1NTI3NjEwN2YzZGRjYzFkMzQ5N2Y2M2Q2MDY4OWE3MzU1OGFlOGExYmY1ZSIsImNvbW1pdG1lbnQiOiJiYzRlMmExNmM3NThhMDkzOTVjMzU5OWM2NTU2ZjgxNGJkYmVlMjg3ZjRiYzJmZDc2Mjg3Zjc3OTg1OTBkYTRiIn1dfQ==",
                         *         "commitment": "b04ce4afd9c109225c6709f2f879fe0fb6aa5f9bcc15784b4cb04825ecb578bb"
                         *       },
                         *       "receipt": "4d255ed3f1db352e2012dd5bb9738c6a474a8a45d0f8b36d30643e69415cf741",
                         *       "asOf": {
                         *         "height": 3,
                         *         "timestampMs": 1795399202274
                         *       },
                         *       "stale": false
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            details: Record<string, never>;
                            /** @description SHA-256(salt || payload) is the commitment on the ledger: whoever opened it verifies it alone. */
                            opened: {
                                salt: string;
                                /** @description In base64. */
                                payload: string;
                                commitment: string;
                            };
                            receipt: string | null;
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete payload and salt of an own certificate; whoever holds or read it is told. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example e32a4c57552ac2cbef20e22bb638cf68
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "holder-request",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "holder-request" | "expired";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "record": "haikou/8/0",
                         *       "acknowledged": [
                         *         {
                         *           "city": "haikou",
                         *           "reason": "holder-request",
                         *           "at": "2026-11-23T02:00:03.704Z",
                         *           "location": "haikou/10/0"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete payload and salt of an own listing; whoever read it is told. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 2 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "holder-request",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "holder-request" | "expired";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "record": "haikou/2/0",
                         *       "acknowledged": [
                         *         {
                         *           "city": "haikou",
                         *           "reason": "holder-request",
                         *           "at": "2026-11-23T02:00:03.181Z",
                         *           "location": "haikou/6/0"
                         *         },
                         *         {
                         *           "city": "sanya",
                         *           "reason": "holder-request",
                         *           "at": "2026-11-23T02:00:03.181Z",
                         *           "location": "sanya/3/0"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{city}/{sequence}/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which cities acknowledged that they hold nothing of a record any more. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 1 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "record": "haikou/1/0",
                         *       "acknowledged": [
                         *         {
                         *           "city": "haikou",
                         *           "reason": "lifted",
                         *           "at": "2026-11-23T02:00:03.032Z",
                         *           "location": "haikou/5/0"
                         *         },
                         *         {
                         *           "city": "sanya",
                         *           "reason": "lifted",
                         *           "at": "2026-11-23T02:00:03.004Z",
                         *           "location": "sanya/2/0"
                         *         },
                         *         {
                         *           "city": "danzhou",
                         *           "reason": "lifted",
                         *           "at": "2026-11-23T02:00:03.032Z",
                         *           "location": "danzhou/1/0"
                         *         },
                         *         {
                         *           "city": "qionghai",
                         *           "reason": "lifted",
                         *           "at": "2026-11-23T02:00:03.032Z",
                         *           "location": "qionghai/1/0"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What other cities told this one: something that was read here is lifted or erased. */
        get: {
            parameters: {
                query: {
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "notices": [
                         *         {
                         *           "at": "2026-11-23T02:00:02.998Z",
                         *           "from": "haikou",
                         *           "record": "haikou/1/0",
                         *           "reason": "lifted"
                         *         }
                         *       ],
                         *       "count": 1
                         *     }
                         */
                        "application/json": {
                            notices: {
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                from: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                            }[];
                            count: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attach a paper to a decision that is not listed yet; its listing commits to it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990102198812310025"
                     *       },
                     *       "judgementNumber": "测试认字第3号",
                     *       "decidedOn": "2026-11-13",
                     *       "name": "decision.pdf",
                     *       "content": "JVBERi0xLjcK"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @description As the export or the form has it. */
                        judgementNumber: string;
                        /** @example 2026-11-23 */
                        decidedOn: string;
                        /** @description Name of the file; one of the same name is replaced. */
                        name: string;
                        /** @description A PDF, JPEG or PNG file in base64, at most 511 KiB; eight of a decision. */
                        content: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "documents": [
                         *         {
                         *           "name": "decision.pdf",
                         *           "mediaType": "application/pdf",
                         *           "bytes": 9,
                         *           "sha256": "0716f9264c9fe19f5d7455276107f3ddcc1d3497f63d60689a73558ae8a1bf5e",
                         *           "commitment": "bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /** @description All that wait for the decision’s listing. */
                            documents: {
                                name: string;
                                mediaType: string;
                                bytes: number;
                                sha256: string;
                                /** @description What the record will have of it, in hexadecimal. */
                                commitment: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/documents/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete the papers that wait for a decision’s listing. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990103197506150037"
                     *       },
                     *       "judgementNumber": "测试认字第4号",
                     *       "decidedOn": "2026-11-13"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @description As the export or the form has it. */
                        judgementNumber: string;
                        /** @example 2026-11-23 */
                        decidedOn: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "discarded": 1
                         *     }
                         */
                        "application/json": {
                            discarded: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One paper of a listing as a file, on a legal basis; each is a look of its own.
         * @description `:document` is the `commitment` that the details have of it. The header `Hansa-Receipt` names the receipt.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    /** @example 2 */
                    sequence: number;
                    /** @example 0 */
                    position: number;
                    /** @example bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b */
                    document: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basis": "LOAN_DECISION",
                     *       "case": "SY-2026-0002",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description One of `policy.access.legalBases`. */
                        basis: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description The paper. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example JVBERi0xLjcK */
                        "application/pdf": string;
                        /** @example /9j/4AAQSkZJRgABAQAAAQABAAD/2Q== */
                        "image/jpeg": string;
                        /** @example iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== */
                        "image/png": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A paper that waits with a prepared listing as a file, for the officers who decide; into the book of checks.
         * @description `:document` is the `commitment` that GET /v1/approvals has of it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 9ef2f46745cc0b43da077489015e95da */
                    id: string;
                    /** @example bc4e2a16c758a09395c3599c6556f814bdbee287f4bc2fd76287f7798590da4b */
                    document: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "officer": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        officer: string;
                    };
                };
            };
            responses: {
                /** @description The paper. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example JVBERi0xLjcK */
                        "application/pdf": string;
                        /** @example /9j/4AAQSkZJRgABAQAAAQABAAD/2Q== */
                        "image/jpeg": string;
                        /** @example iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== */
                        "image/png": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accesses that this city took part in, on either side, refusals included. */
        get: {
            parameters: {
                query: {
                    /** @example 2026-11-23T02:10:00.000Z */
                    from?: string;
                    /** @example 2026-11-23T02:10:00.000Z */
                    to?: string;
                    /**
                     * @description City, entry sequence and position in the entry: the name of a record.
                     * @example haikou/12/0
                     */
                    record?: string;
                    /**
                     * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                     * @example op08
                     */
                    officer?: string;
                    /**
                     * @description Reference of the matter in hand.
                     * @example SY-2026-0003
                     */
                    case?: string;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accesses": [
                         *         {
                         *           "id": "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                         *           "at": "2026-11-23T02:00:03.476Z",
                         *           "kind": "read",
                         *           "record": "haikou/7/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": "loan-approval",
                         *           "consent": "2175d680a9274c891f4f06045a569f5a",
                         *           "legalBasis": null,
                         *           "officer": "op03",
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/testimony": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same with all batches and receipts of a period, for another city’s supervisor to verify. */
        get: {
            parameters: {
                query?: {
                    /** @example 2026-11-23T02:10:00.000Z */
                    from?: string;
                    /** @example 2026-11-23T02:10:00.000Z */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All that a city shows of a period, so that nothing can be missing. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "city": "haikou",
                         *       "fromMs": 0,
                         *       "toMs": 1795399203786,
                         *       "batches": [
                         *         {
                         *           "location": "haikou/11/0",
                         *           "fromMs": 1793491200000,
                         *           "toMs": 1795399203721,
                         *           "root": "2d0b58185be390d160d51199398ac00d41c8d1a68bd94ba24e57e495a53610a4",
                         *           "ids": [
                         *             "4481926259e22557ec1c851835bf788fef20e056d4ec113f2abc94cb68b91b7b",
                         *             "4d255ed3f1db352e2012dd5bb9738c6a474a8a45d0f8b36d30643e69415cf741",
                         *             "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                         *             "9930d27d85dc3c1d68b116672290a236ccd2a05c86987dbd992ee0a49139e05e",
                         *             "cfffb05a4fab13cd4aeeae006a56e79f89ef05b2673f92bc87a55261c817f8c9",
                         *             "e9466b90bb04f3d60bd1a8454e6a566e6cf4c282ee0dca814eb5b89da51a5dab",
                         *             "f3949d16db0280f31b60fa7336341bf1b8b88ddefeaa09ca44794b4310aac69f"
                         *           ]
                         *         }
                         *       ],
                         *       "receipts": [
                         *         "CogBCAEQAhgBIgIQAiogvE4qFsdYoJOVw1mcZVb4FL2+4of0vC/XYof3eYWQ2ktKDUxPQU5fREVDSVNJT05SIMJZpM4HT1/hZvzDRxnvmnxXMvJIa9g0a4ti0C6NUbLPWhCJAgBOtRTrCr7X0P2iE/GqahD3H06rU3pPvjlMB5AVC0ZQcKzshrGgNBJAQJMB00XBxMQievKHh1RBRS3dMKwxVJEWgHxdRchY5mXVREB8ljTqcZ56ULh+mWQipB6FL2Z+X0a0dnkzQIwVAxorCiChEIK4+GgauzpEgUoFMNzNpB1x+q0gjousa+XBN1ltMRABILbshrGgNCJAmg6o8m5ngbPTcC/dCp0YeQ+rabzLh/3zfqqM0+WodMAAGIj4NrmwiPJ3VPNfbTFUcFSN+wiMNNYz/HRRPS05AQ==",
                         *         "CogBCAEQAhgBIgIQAiogsEzkr9nBCSJcZwny+Hn+D7aqX5vMFXhLTLBIJey1eLtKDUxPQU5fREVDSVNJT05SIEgcGRuhhgoBB8JTAs5rg7pMoImj6WeCsTI9mcsQBZqSWhCJAgBOtRTrCr7X0P2iE/GqahAfgkvxiOBjhRK3Nkt7MnkHcJ/shrGgNBJA5DS+ZIb4Rr+iB2wsqXgZv48uHpdJhwAPMcXrFoIH1TZG1WChxM7tQIyqxm+r+l9n0yjzZeIVj+I4ijKYrEYKBhorCiAa+Ss7Va+oNpPKEOXZtd2VX0ReUxZWcoim2fFUlu/BbhABIKbshrGgNCJAbKi35pQsByUaUGMjekrH1jOBwowzrolBvc96eyQiPxg3FXkNFZl5XQJZC388nEoJV9+6U5Z7+pG9+RXHBEd4BQ==",
                         *         "CpMBCAEQAhgBIgIQByogQFt2OxFhodS0y4zeCknWPFqPE3ERjLijS1ihiHazow8wAToQIXXWgKknTIkfTwYEWlafWkIECAEQBFIgVVhJ61TEBxoAyy7xVfLrzcS/dE3jXlYxpY+Op0a6umBaEIkCAE61FOsKvtfQ/aIT8apqEEGaiXGZ5MrOZckXabNQZRxwkvWGsaA0EkCf0/Q2jrnN3fuj+3IpFXPrG+bzQTgJJFyr/dyT3G2e5e2T1zwe6y6nyyIgs/rAG55zpi1kUxqsLcDoSui7pzQKGisKIFnxdQGLRyuqkHkpx4t3xdMWMSrDNMFhNY8UBKxDgevrEAEglPWGsaA0IkBf4UNfg6hQsgvlg4SAYEKm6eZu+9HvjCGK1GOPwTXze5le1crW6mXialDiVyIm9Fr/aQyVPVQdwfvg9vQAtNUG",
                         *         "CogBCAEQAhgBIgIQASogxrnYIBRhpZtB5GCYElxe26BvVVshPWw0zj7ujI2NRstKDUxPQU5fREVDSVNJT05SIB079+qEpSfeGH5Bq4C7NNS55wCj0y9AireO5fXBzXSKWhCJAgBOtRTrCr7X0P2iE/GqahCNtkJjM9SpxNF4kHFcAI8UcL/shrGgNBJAHQDB5bo7L5TOkw59HIcvIuvA8cr9e6QmBMTX8qoSC13HYMxvLn3m01XF38S2T04g+7p+zxFS5lZnWubrz3BWDRorCiCrpGSmvlCpxqz95ibni3A8ACHniSAwfdUbTYPJ6TmsnxABIMDshrGgNCJALYdznogknUZ/XmARUwT5mlEe3yzqkSJht92lCuGwQI9ALxg58t35O5ofwpd05jj/kf9htSd8+iCFIh73p4YzDw==",
                         *         "CkcIAxABGAIiAhACKiCwTOSv2cEJIlxnCfL4ef4Ptqpfm8wVeEtMsEgl7LV4u2ADahDme4v7v+zUuwUPBYLHoGJTcN7yhrGgNBJAzvR3XYSZv/LU0f58mvA1+iqe76DOrMgkguaba1JSx5eWJ4YZRkzMgt1BKPBvyZwrP19wUPlqMLYUiSrIwt+YCBorCiD2pvaMnqU0YDdX33NGHcpHbX3lVd6e1/kuZ2p95x4wGRABIN/yhrGgNCJAkpOxprUc5P8QhZWQrue6sdGJxzwv3KsmqPglqA7K4E1T5rT/ACCaJkqS02iLn0BB39nSj9EUZ+glCayBuWcLDQ==",
                         *         "ClkIAhABGAIiAhAHKiBAW3Y7EWGh1LTLjN4KSdY8Wo8TcRGMuKNLWKGIdrOjDzABOhAhddaAqSdMiR9PBgRaVp9aahChWa9r2hu+vCyiaoQ79JvNcOL0hrGgNBJAbUy0Ct+c336+XAL8ohyvkzjcgyEL032+k2xJ0Ke9ZNurERwJzef955i/YGhdSuDqgmighASoevAqEox+SLX/AxorCiCGsdnPOmsNoVygdex+eqq4WoH84xma5UZRxbnVKDDUdRABIOv0hrGgNCJAP9atPij/D2rOXj0XfR+gCGamUBSmZ6LXytQfCfBXSXXMUREp0Q/rKzDwSgZmRTaefbhTUoSdPJQusOM8vgFUDQ==",
                         *         "CkcIAxABGAIiAhABKiDGudggFGGlm0HkYJgSXF7boG9VWyE9bDTOPu6MjY1Gy2ABahCgdSoi/WyzMpXRcOsA1uLfcLTxhrGgNBJA33AfCjbvYjz8HwUuzM4EB/jthkRoDlBb6WMS35Z0ngr9j4+j0ylH1SuZkFq2g9CxugJbNtigG9iwaXMk2vJ3AxorCiDZIXcNsVtmQIrZX4JlZ6nTbKw0vau+rLzfr3duBdWuJhABILfxhrGgNCJA7NYoqlReBjCimpqEJSMdJJsaWeo2ObIuDRyHsdRx3GQ2SQSntT+rbwFMFAx1Ob+yF4GlFyaAdneA0IfsiC3IBw=="
                         *       ]
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a city’s testimony against the ledger, and against the receipts that others hold. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "testimony": {
                     *         "city": "haikou",
                     *         "fromMs": 0,
                     *         "toMs": 1795399203786,
                     *         "batches": [
                     *           {
                     *             "location": "haikou/11/0",
                     *             "fromMs": 1793491200000,
                     *             "toMs": 1795399203721,
                     *             "root": "2d0b58185be390d160d51199398ac00d41c8d1a68bd94ba24e57e495a53610a4",
                     *             "ids": [
                     *               "4481926259e22557ec1c851835bf788fef20e056d4ec113f2abc94cb68b91b7b",
                     *               "4d255ed3f1db352e2012dd5bb9738c6a474a8a45d0f8b36d30643e69415cf741",
                     *               "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                     *               "9930d27d85dc3c1d68b116672290a236ccd2a05c86987dbd992ee0a49139e05e",
                     *               "cfffb05a4fab13cd4aeeae006a56e79f89ef05b2673f92bc87a55261c817f8c9",
                     *               "e9466b90bb04f3d60bd1a8454e6a566e6cf4c282ee0dca814eb5b89da51a5dab",
                     *               "f3949d16db0280f31b60fa7336341bf1b8b88ddefeaa09ca44794b4310aac69f"
                     *             ]
                     *           }
                     *         ],
                     *         "receipts": [
                     *           "CogBCAEQAhgBIgIQAiogvE4qFsdYoJOVw1mcZVb4FL2+4of0vC/XYof3eYWQ2ktKDUxPQU5fREVDSVNJT05SIMJZpM4HT1/hZvzDRxnvmnxXMvJIa9g0a4ti0C6NUbLPWhCJAgBOtRTrCr7X0P2iE/GqahD3H06rU3pPvjlMB5AVC0ZQcKzshrGgNBJAQJMB00XBxMQievKHh1RBRS3dMKwxVJEWgHxdRchY5mXVREB8ljTqcZ56ULh+mWQipB6FL2Z+X0a0dnkzQIwVAxorCiChEIK4+GgauzpEgUoFMNzNpB1x+q0gjousa+XBN1ltMRABILbshrGgNCJAmg6o8m5ngbPTcC/dCp0YeQ+rabzLh/3zfqqM0+WodMAAGIj4NrmwiPJ3VPNfbTFUcFSN+wiMNNYz/HRRPS05AQ==",
                     *           "CogBCAEQAhgBIgIQAiogsEzkr9nBCSJcZwny+Hn+D7aqX5vMFXhLTLBIJey1eLtKDUxPQU5fREVDSVNJT05SIEgcGRuhhgoBB8JTAs5rg7pMoImj6WeCsTI9mcsQBZqSWhCJAgBOtRTrCr7X0P2iE/GqahAfgkvxiOBjhRK3Nkt7MnkHcJ/shrGgNBJA5DS+ZIb4Rr+iB2wsqXgZv48uHpdJhwAPMcXrFoIH1TZG1WChxM7tQIyqxm+r+l9n0yjzZeIVj+I4ijKYrEYKBhorCiAa+Ss7Va+oNpPKEOXZtd2VX0ReUxZWcoim2fFUlu/BbhABIKbshrGgNCJAbKi35pQsByUaUGMjekrH1jOBwowzrolBvc96eyQiPxg3FXkNFZl5XQJZC388nEoJV9+6U5Z7+pG9+RXHBEd4BQ==",
                     *           "CpMBCAEQAhgBIgIQByogQFt2OxFhodS0y4zeCknWPFqPE3ERjLijS1ihiHazow8wAToQIXXWgKknTIkfTwYEWlafWkIECAEQBFIgVVhJ61TEBxoAyy7xVfLrzcS/dE3jXlYxpY+Op0a6umBaEIkCAE61FOsKvtfQ/aIT8apqEEGaiXGZ5MrOZckXabNQZRxwkvWGsaA0EkCf0/Q2jrnN3fuj+3IpFXPrG+bzQTgJJFyr/dyT3G2e5e2T1zwe6y6nyyIgs/rAG55zpi1kUxqsLcDoSui7pzQKGisKIFnxdQGLRyuqkHkpx4t3xdMWMSrDNMFhNY8UBKxDgevrEAEglPWGsaA0IkBf4UNfg6hQsgvlg4SAYEKm6eZu+9HvjCGK1GOPwTXze5le1crW6mXialDiVyIm9Fr/aQyVPVQdwfvg9vQAtNUG",
                     *           "CogBCAEQAhgBIgIQASogxrnYIBRhpZtB5GCYElxe26BvVVshPWw0zj7ujI2NRstKDUxPQU5fREVDSVNJT05SIB079+qEpSfeGH5Bq4C7NNS55wCj0y9AireO5fXBzXSKWhCJAgBOtRTrCr7X0P2iE/GqahCNtkJjM9SpxNF4kHFcAI8UcL/shrGgNBJAHQDB5bo7L5TOkw59HIcvIuvA8cr9e6QmBMTX8qoSC13HYMxvLn3m01XF38S2T04g+7p+zxFS5lZnWubrz3BWDRorCiCrpGSmvlCpxqz95ibni3A8ACHniSAwfdUbTYPJ6TmsnxABIMDshrGgNCJALYdznogknUZ/XmARUwT5mlEe3yzqkSJht92lCuGwQI9ALxg58t35O5ofwpd05jj/kf9htSd8+iCFIh73p4YzDw==",
                     *           "CkcIAxABGAIiAhACKiCwTOSv2cEJIlxnCfL4ef4Ptqpfm8wVeEtMsEgl7LV4u2ADahDme4v7v+zUuwUPBYLHoGJTcN7yhrGgNBJAzvR3XYSZv/LU0f58mvA1+iqe76DOrMgkguaba1JSx5eWJ4YZRkzMgt1BKPBvyZwrP19wUPlqMLYUiSrIwt+YCBorCiD2pvaMnqU0YDdX33NGHcpHbX3lVd6e1/kuZ2p95x4wGRABIN/yhrGgNCJAkpOxprUc5P8QhZWQrue6sdGJxzwv3KsmqPglqA7K4E1T5rT/ACCaJkqS02iLn0BB39nSj9EUZ+glCayBuWcLDQ==",
                     *           "ClkIAhABGAIiAhAHKiBAW3Y7EWGh1LTLjN4KSdY8Wo8TcRGMuKNLWKGIdrOjDzABOhAhddaAqSdMiR9PBgRaVp9aahChWa9r2hu+vCyiaoQ79JvNcOL0hrGgNBJAbUy0Ct+c336+XAL8ohyvkzjcgyEL032+k2xJ0Ke9ZNurERwJzef955i/YGhdSuDqgmighASoevAqEox+SLX/AxorCiCGsdnPOmsNoVygdex+eqq4WoH84xma5UZRxbnVKDDUdRABIOv0hrGgNCJAP9atPij/D2rOXj0XfR+gCGamUBSmZ6LXytQfCfBXSXXMUREp0Q/rKzDwSgZmRTaefbhTUoSdPJQusOM8vgFUDQ==",
                     *           "CkcIAxABGAIiAhABKiDGudggFGGlm0HkYJgSXF7boG9VWyE9bDTOPu6MjY1Gy2ABahCgdSoi/WyzMpXRcOsA1uLfcLTxhrGgNBJA33AfCjbvYjz8HwUuzM4EB/jthkRoDlBb6WMS35Z0ngr9j4+j0ylH1SuZkFq2g9CxugJbNtigG9iwaXMk2vJ3AxorCiDZIXcNsVtmQIrZX4JlZ6nTbKw0vau+rLzfr3duBdWuJhABILfxhrGgNCJA7NYoqlReBjCimpqEJSMdJJsaWeo2ObIuDRyHsdRx3GQ2SQSntT+rbwFMFAx1Ob+yF4GlFyaAdneA0IfsiC3IBw=="
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description All that a city shows of a period, so that nothing can be missing. */
                        testimony: {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                        receipts?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "city": "haikou",
                         *       "covered": {
                         *         "from": "2026-11-01T00:00:00.000Z",
                         *         "to": "2026-11-23T02:00:03.721Z"
                         *       },
                         *       "accesses": [
                         *         {
                         *           "id": "4481926259e22557ec1c851835bf788fef20e056d4ec113f2abc94cb68b91b7b",
                         *           "at": "2026-11-23T02:00:02.358Z",
                         *           "kind": "read",
                         *           "record": "haikou/2/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": null,
                         *           "consent": null,
                         *           "legalBasis": "LOAN_DECISION",
                         *           "officer": "op03",
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "4d255ed3f1db352e2012dd5bb9738c6a474a8a45d0f8b36d30643e69415cf741",
                         *           "at": "2026-11-23T02:00:02.342Z",
                         *           "kind": "read",
                         *           "record": "haikou/2/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": null,
                         *           "consent": null,
                         *           "legalBasis": "LOAN_DECISION",
                         *           "officer": "op03",
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                         *           "at": "2026-11-23T02:00:03.476Z",
                         *           "kind": "read",
                         *           "record": "haikou/7/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": "loan-approval",
                         *           "consent": "2175d680a9274c891f4f06045a569f5a",
                         *           "legalBasis": null,
                         *           "officer": "op03",
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "9930d27d85dc3c1d68b116672290a236ccd2a05c86987dbd992ee0a49139e05e",
                         *           "at": "2026-11-23T02:00:02.368Z",
                         *           "kind": "read",
                         *           "record": "haikou/1/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": null,
                         *           "consent": null,
                         *           "legalBasis": "LOAN_DECISION",
                         *           "officer": "op03",
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "cfffb05a4fab13cd4aeeae006a56e79f89ef05b2673f92bc87a55261c817f8c9",
                         *           "at": "2026-11-23T02:00:03.167Z",
                         *           "kind": "notice",
                         *           "record": "haikou/2/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": null,
                         *           "consent": null,
                         *           "legalBasis": null,
                         *           "officer": null,
                         *           "reason": "holder-request",
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "e9466b90bb04f3d60bd1a8454e6a566e6cf4c282ee0dca814eb5b89da51a5dab",
                         *           "at": "2026-11-23T02:00:03.435Z",
                         *           "kind": "delivery",
                         *           "record": "haikou/7/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": "loan-approval",
                         *           "consent": "2175d680a9274c891f4f06045a569f5a",
                         *           "legalBasis": null,
                         *           "officer": null,
                         *           "reason": null,
                         *           "batch": "sanya/8/0"
                         *         },
                         *         {
                         *           "id": "f3949d16db0280f31b60fa7336341bf1b8b88ddefeaa09ca44794b4310aac69f",
                         *           "at": "2026-11-23T02:00:02.999Z",
                         *           "kind": "notice",
                         *           "record": "haikou/1/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": null,
                         *           "consent": null,
                         *           "legalBasis": null,
                         *           "officer": null,
                         *           "reason": "lifted",
                         *           "batch": "sanya/8/0"
                         *         }
                         *       ],
                         *       "withheld": [],
                         *       "missing": []
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            covered: {
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                to: string;
                            } | null;
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                            withheld: string[];
                            missing: {
                                access: {
                                    id: string;
                                    /**
                                     * Format: date-time
                                     * @example 2026-11-23T02:10:00.000Z
                                     */
                                    at: string;
                                    /** @enum {string} */
                                    kind: "read" | "delivery" | "notice";
                                    /**
                                     * @description City, entry sequence and position in the entry: the name of a record.
                                     * @example haikou/12/0
                                     */
                                    record: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    reader: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    holder: string;
                                    /** @enum {string} */
                                    outcome: "granted" | "refused";
                                    code: string | null;
                                    purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                    consent: string | null;
                                    legalBasis: string | null;
                                    officer: string | null;
                                    reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                    batch: string | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                batch: string;
                                hidden: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A proof that a city’s batch has a receipt, or that it lacks it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "receipt": "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                     *       "testimony": {
                     *         "city": "haikou",
                     *         "fromMs": 0,
                     *         "toMs": 1795399203786,
                     *         "batches": [
                     *           {
                     *             "location": "haikou/11/0",
                     *             "fromMs": 1793491200000,
                     *             "toMs": 1795399203721,
                     *             "root": "2d0b58185be390d160d51199398ac00d41c8d1a68bd94ba24e57e495a53610a4",
                     *             "ids": [
                     *               "4481926259e22557ec1c851835bf788fef20e056d4ec113f2abc94cb68b91b7b",
                     *               "4d255ed3f1db352e2012dd5bb9738c6a474a8a45d0f8b36d30643e69415cf741",
                     *               "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                     *               "9930d27d85dc3c1d68b116672290a236ccd2a05c86987dbd992ee0a49139e05e",
                     *               "cfffb05a4fab13cd4aeeae006a56e79f89ef05b2673f92bc87a55261c817f8c9",
                     *               "e9466b90bb04f3d60bd1a8454e6a566e6cf4c282ee0dca814eb5b89da51a5dab",
                     *               "f3949d16db0280f31b60fa7336341bf1b8b88ddefeaa09ca44794b4310aac69f"
                     *             ]
                     *           }
                     *         ],
                     *         "receipts": [
                     *           "CogBCAEQAhgBIgIQAiogvE4qFsdYoJOVw1mcZVb4FL2+4of0vC/XYof3eYWQ2ktKDUxPQU5fREVDSVNJT05SIMJZpM4HT1/hZvzDRxnvmnxXMvJIa9g0a4ti0C6NUbLPWhCJAgBOtRTrCr7X0P2iE/GqahD3H06rU3pPvjlMB5AVC0ZQcKzshrGgNBJAQJMB00XBxMQievKHh1RBRS3dMKwxVJEWgHxdRchY5mXVREB8ljTqcZ56ULh+mWQipB6FL2Z+X0a0dnkzQIwVAxorCiChEIK4+GgauzpEgUoFMNzNpB1x+q0gjousa+XBN1ltMRABILbshrGgNCJAmg6o8m5ngbPTcC/dCp0YeQ+rabzLh/3zfqqM0+WodMAAGIj4NrmwiPJ3VPNfbTFUcFSN+wiMNNYz/HRRPS05AQ==",
                     *           "CogBCAEQAhgBIgIQAiogsEzkr9nBCSJcZwny+Hn+D7aqX5vMFXhLTLBIJey1eLtKDUxPQU5fREVDSVNJT05SIEgcGRuhhgoBB8JTAs5rg7pMoImj6WeCsTI9mcsQBZqSWhCJAgBOtRTrCr7X0P2iE/GqahAfgkvxiOBjhRK3Nkt7MnkHcJ/shrGgNBJA5DS+ZIb4Rr+iB2wsqXgZv48uHpdJhwAPMcXrFoIH1TZG1WChxM7tQIyqxm+r+l9n0yjzZeIVj+I4ijKYrEYKBhorCiAa+Ss7Va+oNpPKEOXZtd2VX0ReUxZWcoim2fFUlu/BbhABIKbshrGgNCJAbKi35pQsByUaUGMjekrH1jOBwowzrolBvc96eyQiPxg3FXkNFZl5XQJZC388nEoJV9+6U5Z7+pG9+RXHBEd4BQ==",
                     *           "CpMBCAEQAhgBIgIQByogQFt2OxFhodS0y4zeCknWPFqPE3ERjLijS1ihiHazow8wAToQIXXWgKknTIkfTwYEWlafWkIECAEQBFIgVVhJ61TEBxoAyy7xVfLrzcS/dE3jXlYxpY+Op0a6umBaEIkCAE61FOsKvtfQ/aIT8apqEEGaiXGZ5MrOZckXabNQZRxwkvWGsaA0EkCf0/Q2jrnN3fuj+3IpFXPrG+bzQTgJJFyr/dyT3G2e5e2T1zwe6y6nyyIgs/rAG55zpi1kUxqsLcDoSui7pzQKGisKIFnxdQGLRyuqkHkpx4t3xdMWMSrDNMFhNY8UBKxDgevrEAEglPWGsaA0IkBf4UNfg6hQsgvlg4SAYEKm6eZu+9HvjCGK1GOPwTXze5le1crW6mXialDiVyIm9Fr/aQyVPVQdwfvg9vQAtNUG",
                     *           "CogBCAEQAhgBIgIQASogxrnYIBRhpZtB5GCYElxe26BvVVshPWw0zj7ujI2NRstKDUxPQU5fREVDSVNJT05SIB079+qEpSfeGH5Bq4C7NNS55wCj0y9AireO5fXBzXSKWhCJAgBOtRTrCr7X0P2iE/GqahCNtkJjM9SpxNF4kHFcAI8UcL/shrGgNBJAHQDB5bo7L5TOkw59HIcvIuvA8cr9e6QmBMTX8qoSC13HYMxvLn3m01XF38S2T04g+7p+zxFS5lZnWubrz3BWDRorCiCrpGSmvlCpxqz95ibni3A8ACHniSAwfdUbTYPJ6TmsnxABIMDshrGgNCJALYdznogknUZ/XmARUwT5mlEe3yzqkSJht92lCuGwQI9ALxg58t35O5ofwpd05jj/kf9htSd8+iCFIh73p4YzDw==",
                     *           "CkcIAxABGAIiAhACKiCwTOSv2cEJIlxnCfL4ef4Ptqpfm8wVeEtMsEgl7LV4u2ADahDme4v7v+zUuwUPBYLHoGJTcN7yhrGgNBJAzvR3XYSZv/LU0f58mvA1+iqe76DOrMgkguaba1JSx5eWJ4YZRkzMgt1BKPBvyZwrP19wUPlqMLYUiSrIwt+YCBorCiD2pvaMnqU0YDdX33NGHcpHbX3lVd6e1/kuZ2p95x4wGRABIN/yhrGgNCJAkpOxprUc5P8QhZWQrue6sdGJxzwv3KsmqPglqA7K4E1T5rT/ACCaJkqS02iLn0BB39nSj9EUZ+glCayBuWcLDQ==",
                     *           "ClkIAhABGAIiAhAHKiBAW3Y7EWGh1LTLjN4KSdY8Wo8TcRGMuKNLWKGIdrOjDzABOhAhddaAqSdMiR9PBgRaVp9aahChWa9r2hu+vCyiaoQ79JvNcOL0hrGgNBJAbUy0Ct+c336+XAL8ohyvkzjcgyEL032+k2xJ0Ke9ZNurERwJzef955i/YGhdSuDqgmighASoevAqEox+SLX/AxorCiCGsdnPOmsNoVygdex+eqq4WoH84xma5UZRxbnVKDDUdRABIOv0hrGgNCJAP9atPij/D2rOXj0XfR+gCGamUBSmZ6LXytQfCfBXSXXMUREp0Q/rKzDwSgZmRTaefbhTUoSdPJQusOM8vgFUDQ==",
                     *           "CkcIAxABGAIiAhABKiDGudggFGGlm0HkYJgSXF7boG9VWyE9bDTOPu6MjY1Gy2ABahCgdSoi/WyzMpXRcOsA1uLfcLTxhrGgNBJA33AfCjbvYjz8HwUuzM4EB/jthkRoDlBb6WMS35Z0ngr9j4+j0ylH1SuZkFq2g9CxugJbNtigG9iwaXMk2vJ3AxorCiDZIXcNsVtmQIrZX4JlZ6nTbKw0vau+rLzfr3duBdWuJhABILfxhrGgNCJA7NYoqlReBjCimpqEJSMdJJsaWeo2ObIuDRyHsdRx3GQ2SQSntT+rbwFMFAx1Ob+yF4GlFyaAdneA0IfsiC3IBw=="
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        receipt: string;
                        /** @description All that a city shows of a period, so that nothing can be missing. */
                        testimony?: {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "proof": "CscCCpMBCAEQAhgBIgIQByogQFt2OxFhodS0y4zeCknWPFqPE3ERjLijS1ihiHazow8wAToQIXXWgKknTIkfTwYEWlafWkIECAEQBFIgVVhJ61TEBxoAyy7xVfLrzcS/dE3jXlYxpY+Op0a6umBaEIkCAE61FOsKvtfQ/aIT8apqEEGaiXGZ5MrOZckXabNQZRxwkvWGsaA0EkCf0/Q2jrnN3fuj+3IpFXPrG+bzQTgJJFyr/dyT3G2e5e2T1zwe6y6nyyIgs/rAG55zpi1kUxqsLcDoSui7pzQKGisKIFnxdQGLRyuqkHkpx4t3xdMWMSrDNMFhNY8UBKxDgevrEAEglPWGsaA0IkBf4UNfg6hQsgvlg4SAYEKm6eZu+9HvjCGK1GOPwTXze5le1crW6mXialDiVyIm9Fr/aQyVPVQdwfvg9vQAtNUGEgIQCxiA0J+jmTQgifeGsaA0KiAtC1gYW+OQ0WDVEZk5isANQcjRpovZS6JOV+SVpTYQpDAHOAFCigEIAhIgmP9vbDNJ76dQbvLCpyui40wQKM6EQCnmjLpCG5Se74YaIBwX3H52zIggsG4isUAZO7vx0qnNg0vEzqjzqMvi65ncGiCH4aj0PhyCrrGZWJ4sbLo4SqqHwQK9N3QtPQreTx6UgBog2BsuwkzTW1auANvc0C1lg/SnAKxFOMDuAb1HasZf0/tK1wgKrwEKSAog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0QAyAdKiA7HqVy1HHCN/bCPRHUNVb2dXt2W63Um4JOWYEX/vuVEBIBDhpgtnXPa/4/s7P9kOIQ1ZQzKbbRcVbwjKeG28LjTGLeJMCmiocTpPp+fSZHZ+xCQWXJDOfkFMdGjeibKdsbv9BXYyMZVOz34D4/+kda98qmHTn5uQpqZroczWBV9IGrmLjqEpsBCiDtgF+/CC7kPDNEsocxuj8gvHD/bDS1JmsrbXDyYRAKfRgdIB0qIPM1NsTz18o4xg0FLk7DUoMun8U12V/056HLRImK1MiNMBw41veGsaA0SkgIHBAWGiBqGyVJS+V/AvdmhDczZY/4IbJVGN2n/+L7ztRhrGnyLiIgjyibvePQJ6CrkjzVNeuN0bx4l/ufx4v47tkxq5wMHZwaIEiAm/MKBm2MRb+St8HfO4QBQhgHh0dUOQu65e2UgXdJIiBjNIVqsZjUPM9N9oOB44tHuVw3tEUPRGV6tWbuVwibcyryAgoCEAsSSggEEAEaEDZL6qww/K3sTalc0Zz60bsiMgiA0J+jmTQQifeGsaA0GiAtC1gYW+OQ0WDVEZk5isANQcjRpovZS6JOV+SVpTYQpCAHGrcBCnMKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9IAsqIMm721q1pBNwcSP5ozR8I9tTFm7pwZFUY+DIhYo5C25bMiC3bIyn4D6GtgEBVzboZzkEGdu5HFksSNAAs+wbXaGRNjgBQEpIkPeGsaA0EkBwWvkoK8F3gqYp1/7bbpO5YSgS1dwxxk+zzO+Pzj8fjhQ7PBuNOUPKsBlMFUCGTg4L6fpXCPzNUiCkiwANC5gCKBQyIGfHKn/e/YWy/wt77P70wQkSks96Of9IrnwTnYvDv9cRMiB4FrFMLnU8JG3ty8BlIv167cQ69BQz9ol697YukHL4ijIguYrXj08FHVy8GTGNNXXU1NLRADiNaQc0O13+feFTxM8yqQIKINHgJlmC6ZXe5ewkaZtV3PmYfVeN0CI9As6oFkRZyeLjEjYKAhALEIDQn6OZNBiJ94axoDQiIC0LWBhb45DRYNURmTmKwA1ByNGmi9lLok5X5JWlNhCkKAcaAfwiIBTj1HhK/pua1q3vSl+cMbKYba4RRsSHJUq/OTn3NgTDIiCFEeBc0aS3YG20/sDes+7QU+pYm8DB0tEkTdjgJFUizCIg9l1ZUN5wFIzx72cPmeiu96TLGmXL99z6EvchpHWfW24iIMbYfF//HzVi8AowilGLkcZ3iI59JItiT6TlKEqanByUIiBzd2mnoIr8sBKZg8aDYveHKH9PSAQ1Bo0MygKqYa0qzSIgqwqigmpbEBnwhytgIqCZXdfJ8pMHq8gEFMoG9nver1Y6IGUmbuBurUPWzL7qWbvS94NfmOegGyROvU3oNxl65SFG"
                         *     }
                         */
                        "application/json": {
                            /** @description `AccessProof` bytes in base64. */
                            proof: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/certificates/{code}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at the own certificate, as far as this city took part. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 6daf1e296691d6ba111bac64b27073a0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accesses": [
                         *         {
                         *           "id": "e9466b90bb04f3d60bd1a8454e6a566e6cf4c282ee0dca814eb5b89da51a5dab",
                         *           "at": "2026-11-23T02:00:03.435Z",
                         *           "kind": "delivery",
                         *           "record": "haikou/7/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": "loan-approval",
                         *           "consent": "2175d680a9274c891f4f06045a569f5a",
                         *           "legalBasis": null,
                         *           "officer": null,
                         *           "reason": null,
                         *           "batch": null
                         *         },
                         *         {
                         *           "id": "98ff6f6c3349efa7506ef2c2a72ba2e34c1028ce844029e68cba421b949eef86",
                         *           "at": "2026-11-23T02:00:03.476Z",
                         *           "kind": "read",
                         *           "record": "haikou/7/0",
                         *           "reader": "sanya",
                         *           "holder": "haikou",
                         *           "outcome": "granted",
                         *           "code": null,
                         *           "purpose": "loan-approval",
                         *           "consent": "2175d680a9274c891f4f06045a569f5a",
                         *           "legalBasis": null,
                         *           "officer": "8902004eb514eb0abed7d0fda213f1aa",
                         *           "reason": null,
                         *           "batch": null
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A receipt of a record, a certificate or the answer of a check.
         * @description `application/vnd.hansa.receipt` bytes; with `Accept: application/json` base64 in JSON. Waits until a final block proves the record.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "proof": "blacklist:452c367a53dab6113a56bd5d5b5428456160342d66fc93e3f82fe2471ad3c0de"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        record: string;
                    } | {
                        certificate: string;
                    } | {
                        /** @description `proof` of a check. */
                        proof: string;
                    } | {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @enum {string} */
                        purpose: "loan" | "withdrawal" | "account" | "supervision";
                        /** @description Reference of the matter in hand. */
                        case: string;
                    };
                };
            };
            responses: {
                /** @description The receipt. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example Cq8BCkgKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9EAMgAiogk3vL9uCTz9EPVQFP9ouLjWgkx82G7cYrloDmexq5jKUSAQ4aYIbdc/qYTU3uEnjYZGB/1GnFuPsEqQMUufSGY2wuT4ScOTVX22BknHB7et8WgFR4ZRSCEkThSLvleOjyo7Kn7vMi2MicKtauQqzwYwywqNQ42hmSJQbKsGxkjQ0Q8od14hKbAQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YAiACKiDDxN0n4U8IAQcwjXK3AjClDD40Xy+AS9IG+6uOm0HzKjABOOLqhrGgNEpICAEQARog1MWVVdqONGumpyyTtmyOtEPlnDjY6/m3O4r3YoW3INUiIOsZRA1GALJ5/+vhj/QcivUHAzRHJocHMbQf/YnAuUcBGiDR3lftHm67JNq4/VvKzmtlUo5fumDPPN4Oju/fUvw3syIgDBl52G+0nYyMeF1999x2PN14phb04/MswkviwvhSOXoybAogRSw2elPathE6Vr1dW1QoRWFgNC1m/JPj+C/iRxrTwN4SIwohCgIQARADGP6gASDGqQEoxqkBMMapAUil6oaxoDRQ/qABGgGAIiAUUN+zuUGN+7Y3zEq4iYJ/vx0hTnO/X3YKRB+bJea3zDognAtzdHO96tmMgrXieRYNlCYOD9iO1mkxYnM8x5PZ++Q= */
                        "application/vnd.hansa.receipt": string;
                        /**
                         * @example {
                         *       "receipt": "Cq8BCkgKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9EAMgAiogk3vL9uCTz9EPVQFP9ouLjWgkx82G7cYrloDmexq5jKUSAQ4aYIbdc/qYTU3uEnjYZGB/1GnFuPsEqQMUufSGY2wuT4ScOTVX22BknHB7et8WgFR4ZRSCEkThSLvleOjyo7Kn7vMi2MicKtauQqzwYwywqNQ42hmSJQbKsGxkjQ0Q8od14hKbAQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YAiACKiDDxN0n4U8IAQcwjXK3AjClDD40Xy+AS9IG+6uOm0HzKjABOOLqhrGgNEpICAEQARog1MWVVdqONGumpyyTtmyOtEPlnDjY6/m3O4r3YoW3INUiIOsZRA1GALJ5/+vhj/QcivUHAzRHJocHMbQf/YnAuUcBGiDR3lftHm67JNq4/VvKzmtlUo5fumDPPN4Oju/fUvw3syIgDBl52G+0nYyMeF1999x2PN14phb04/MswkviwvhSOXoybAogRSw2elPathE6Vr1dW1QoRWFgNC1m/JPj+C/iRxrTwN4SIwohCgIQARADGP6gASDGqQEoxqkBMMapAUil6oaxoDRQ/qABGgGAIiAUUN+zuUGN+7Y3zEq4iYJ/vx0hTnO/X3YKRB+bJea3zDognAtzdHO96tmMgrXieRYNlCYOD9iO1mkxYnM8x5PZ++Q="
                         *     }
                         */
                        "application/json": {
                            /** @description Receipt bytes in base64. */
                            receipt: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a receipt proves. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "receipt": "Cq8BCkgKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9EAMgAiogk3vL9uCTz9EPVQFP9ouLjWgkx82G7cYrloDmexq5jKUSAQ4aYIbdc/qYTU3uEnjYZGB/1GnFuPsEqQMUufSGY2wuT4ScOTVX22BknHB7et8WgFR4ZRSCEkThSLvleOjyo7Kn7vMi2MicKtauQqzwYwywqNQ42hmSJQbKsGxkjQ0Q8od14hKbAQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YAiACKiDDxN0n4U8IAQcwjXK3AjClDD40Xy+AS9IG+6uOm0HzKjABOOLqhrGgNEpICAEQARog1MWVVdqONGumpyyTtmyOtEPlnDjY6/m3O4r3YoW3INUiIOsZRA1GALJ5/+vhj/QcivUHAzRHJocHMbQf/YnAuUcBGiDR3lftHm67JNq4/VvKzmtlUo5fumDPPN4Oju/fUvw3syIgDBl52G+0nYyMeF1999x2PN14phb04/MswkviwvhSOXoybAogRSw2elPathE6Vr1dW1QoRWFgNC1m/JPj+C/iRxrTwN4SIwohCgIQARADGP6gASDGqQEoxqkBMMapAUil6oaxoDRQ/qABGgGAIiAUUN+zuUGN+7Y3zEq4iYJ/vx0hTnO/X3YKRB+bJea3zDognAtzdHO96tmMgrXieRYNlCYOD9iO1mkxYnM8x5PZ++Q=",
                     *       "proof": "blacklist:452c367a53dab6113a56bd5d5b5428456160342d66fc93e3f82fe2471ad3c0de"
                     *     }
                     */
                    "application/json": {
                        receipt: string;
                        certificate?: string;
                        proof?: string;
                    };
                    /** @example Cq8BCkgKIO2AX78ILuQ8M0SyhzG6PyC8cP9sNLUmayttcPJhEAp9EAMgAiogk3vL9uCTz9EPVQFP9ouLjWgkx82G7cYrloDmexq5jKUSAQ4aYIbdc/qYTU3uEnjYZGB/1GnFuPsEqQMUufSGY2wuT4ScOTVX22BknHB7et8WgFR4ZRSCEkThSLvleOjyo7Kn7vMi2MicKtauQqzwYwywqNQ42hmSJQbKsGxkjQ0Q8od14hKbAQog7YBfvwgu5DwzRLKHMbo/ILxw/2w0tSZrK21w8mEQCn0YAiACKiDDxN0n4U8IAQcwjXK3AjClDD40Xy+AS9IG+6uOm0HzKjABOOLqhrGgNEpICAEQARog1MWVVdqONGumpyyTtmyOtEPlnDjY6/m3O4r3YoW3INUiIOsZRA1GALJ5/+vhj/QcivUHAzRHJocHMbQf/YnAuUcBGiDR3lftHm67JNq4/VvKzmtlUo5fumDPPN4Oju/fUvw3syIgDBl52G+0nYyMeF1999x2PN14phb04/MswkviwvhSOXoybAogRSw2elPathE6Vr1dW1QoRWFgNC1m/JPj+C/iRxrTwN4SIwohCgIQARADGP6gASDGqQEoxqkBMMapAUil6oaxoDRQ/qABGgGAIiAUUN+zuUGN+7Y3zEq4iYJ/vx0hTnO/X3YKRB+bJea3zDognAtzdHO96tmMgrXieRYNlCYOD9iO1mkxYnM8x5PZ++Q= */
                    "application/vnd.hansa.receipt": string;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "federation": "Hainan (test)",
                         *       "height": 2,
                         *       "checkpointHeight": 1,
                         *       "vouchedAt": "2026-11-23T02:00:02.146Z",
                         *       "facts": 1,
                         *       "subject": {
                         *         "result": "hit",
                         *         "listings": [
                         *           {
                         *             "decidedOn": "2026-06-02",
                         *             "effectiveFrom": "2026-06-02",
                         *             "publishUntil": "2029-06-02",
                         *             "shareUntil": "2029-06-02",
                         *             "restrictUntil": "2029-06-02",
                         *             "location": "haikou/1/0",
                         *             "city": "haikou",
                         *             "cityName": "海口市住房公积金管理局",
                         *             "severity": "serious",
                         *             "listedAt": "2026-11-23T02:00:02.085Z",
                         *             "disputed": false,
                         *             "late": true,
                         *             "published": true,
                         *             "shared": true,
                         *             "restricted": true,
                         *             "suspended": false
                         *           }
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": {
                            federation: string;
                            /** @description Of the final block that vouches for the state. */
                            height: number;
                            /** @description The state is that after this block. */
                            checkpointHeight: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            vouchedAt: string;
                            facts: number;
                            record?: unknown;
                            certificate?: unknown;
                            subject?: unknown;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The role of the token, and what it may call. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "role": "operator",
                         *       "may": [
                         *         "GET /healthz",
                         *         "GET /readyz",
                         *         "GET /openapi.json",
                         *         "GET /",
                         *         "GET /assets/:file",
                         *         "GET /v1/federation",
                         *         "GET /v1/genesis",
                         *         "GET /metrics",
                         *         "GET /v1/session",
                         *         "GET /v1/status",
                         *         "GET /v1/cities",
                         *         "GET /v1/lanes",
                         *         "GET /v1/lanes/:city",
                         *         "GET /v1/lanes/:city/:sequence",
                         *         "GET /v1/blocks",
                         *         "GET /v1/blocks/:height",
                         *         "GET /v1/records/:city/:sequence/:position",
                         *         "GET /v1/evidence",
                         *         "GET /v1/finality",
                         *         "GET /v1/events",
                         *         "GET /v1/membership",
                         *         "POST /v1/membership/proposals",
                         *         "POST /v1/membership/approvals",
                         *         "POST /v1/membership/withdrawals",
                         *         "POST /v1/records",
                         *         "POST /v1/import/blacklist",
                         *         "POST /v1/import/accounts",
                         *         "GET /v1/oprf",
                         *         "POST /v1/oprf/ceremony",
                         *         "POST /v1/holder/challenges",
                         *         "POST /v1/consents",
                         *         "GET /v1/consents/:id",
                         *         "POST /v1/consents/:id/withdraw",
                         *         "GET /v1/erasures/:city/:sequence/:position",
                         *         "GET /v1/notices",
                         *         "POST /v1/receipts/verify"
                         *       ],
                         *       "city": "haikou",
                         *       "displayName": "海口市住房公积金管理局",
                         *       "federation": "Hainan (test)",
                         *       "federationId": "ed805fbf082ee43c3344b28731ba3f20bc70ff6c34b5266b2b6d70f261100a7d",
                         *       "testFederation": true
                         *     }
                         */
                        "application/json": {
                            /** @enum {string} */
                            role: "operator" | "clerk" | "issuer" | "approver" | "auditor";
                            /**
                             * @description Routes that this role may call.
                             * @example [
                             *       "POST /v1/check"
                             *     ]
                             */
                            may: string[];
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            displayName: string;
                            federation: string;
                            federationId: string;
                            testFederation: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/finality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the newest blocks took to become final here. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "blocks": [
                         *         {
                         *           "height": 35,
                         *           "timestamp": "2026-11-23T02:00:03.995Z",
                         *           "afterMs": 27
                         *         },
                         *         {
                         *           "height": 36,
                         *           "timestamp": "2026-11-23T02:00:04.010Z",
                         *           "afterMs": 42
                         *         },
                         *         {
                         *           "height": 37,
                         *           "timestamp": "2026-11-23T02:00:04.055Z",
                         *           "afterMs": 27
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            blocks: {
                                height: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                timestamp: string;
                                /** @description From the time that the leader wrote into the block to its finality here, by this city’s clock. */
                                afterMs: number;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/genesis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The genesis file, byte by byte: its SHA-256 is the federation id. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file: docs/spec/genesis.md. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "format": "hansa-genesis/1",
                         *       "name": "Hainan (test)",
                         *       "testFederation": true,
                         *       "createdAtMs": 1793491200000,
                         *       "utcOffsetMinutes": 480,
                         *       "parameters": {
                         *         "deltaMs": 500,
                         *         "idleIntervalMs": 5000,
                         *         "resendMs": 1000,
                         *         "resyncMs": 2000,
                         *         "timeoutGrowth": 1.5,
                         *         "timeoutCapMs": 30000
                         *       },
                         *       "policy": {
                         *         "listing": {
                         *           "publishMonthsMax": [
                         *             3,
                         *             12,
                         *             36
                         *           ],
                         *           "shareMonthsMax": [
                         *             24,
                         *             36,
                         *             60
                         *           ],
                         *           "restrictMonthsMax": [
                         *             24,
                         *             36,
                         *             60
                         *           ],
                         *           "publishMonthsMin": [
                         *             0,
                         *             3,
                         *             12
                         *           ],
                         *           "objectionDaysMin": 7
                         *         },
                         *         "certificate": {
                         *           "validityMonthsMax": 2
                         *         },
                         *         "dispute": "flag",
                         *         "lookup": {
                         *           "evaluationsPerHour": 50,
                         *           "staleAfterMs": 600000,
                         *           "staleAnswers": "refuse"
                         *         },
                         *         "access": {
                         *           "batchMs": 3600000,
                         *           "legalBases": [
                         *             "LISTING_REVIEW",
                         *             "LOAN_DECISION",
                         *             "COURT_ORDER"
                         *           ]
                         *         }
                         *       },
                         *       "authorities": [
                         *         {
                         *           "name": "haikou",
                         *           "displayName": "海口市住房公积金管理局",
                         *           "laneKey": "f4517f14194168e44d96b90443faee8f78a8d681bbfddf9c4930ff288eaacad2",
                         *           "voteKey": "8d57f87119b85eae32b58963fd5647970539d2a54b91551a1633acb890ee3e93adb19269eb8e7c4785440689c0607aec",
                         *           "voteKeyProof": "9910c7f658276895f46a5189d776ba1147e8ee06e6366dafbdf0635e8d68250f6dc6085eb5af88a639a7e00f9c605e9611ab199bfceb6c6560aeccceb3bfb101948dfef08e3a5430f464afc30c41540864b114e5669fd02f5e85c44dfb88a308",
                         *           "exchangeKey": "11d6f826553b1e4e0b0f89bf450185a3ace4ef72ef91f0c3e9092877aba1e571",
                         *           "credentialKey": "750c1aa03e6c394a014f06a01f121d0cdaf80d2d7faa165d693dbaf43c6ba65e",
                         *           "peerId": "12D3KooWr6gd5vpn7WSnP4iF34PoRFGR16dKMBJSp4zGZbXAqP4J",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7400"
                         *           ]
                         *         },
                         *         {
                         *           "name": "sanya",
                         *           "displayName": "三亚市住房公积金管理局",
                         *           "laneKey": "cdede505e501dbc3ef91e216520ed1ab649fd18c83d4cad0f9a293c9bce67965",
                         *           "voteKey": "b55df6df282f07c8e63ebf74fcc3e63e16c6938147ada57bd28c7907bf3f9ac126102520503162f837364f26e8611196",
                         *           "voteKeyProof": "9612b1c4fb03f65e7976eb6ee3c6e583c509b457679c3df2e25b5023d88f971a0c157e92f3accf6c9197c9f9adf48af011c38a5f552b3ae44158fdede7e6e901f3b03dc5e42be59b22ae93e8b29871b36d0b298884bf215af306dbc1f7f3a6b1",
                         *           "exchangeKey": "ea72b5ce416f180277385fa3f544a1db8f4781df35b7aecf2e91ed8320c8f57c",
                         *           "credentialKey": "f1991af0df5ac252f742621a2aefe0cbddf6a06a86e95bf036ce322cd5c95311",
                         *           "peerId": "12D3KooW78JuRwz2vBtyg3HmGxmustsn5zKM3NRSwKgy9G3oSMmx",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7401"
                         *           ]
                         *         },
                         *         {
                         *           "name": "danzhou",
                         *           "displayName": "儋州市住房公积金管理局",
                         *           "laneKey": "6f488a9fe2c276541d743298a8a8b7f6cf34ebb2e8fa50935f6b16a71ef2757d",
                         *           "voteKey": "b7f71100bcd8ce1ebb0d7fcb4db86d45f5741eb1b0666a382680e1123515d9827a90acf3b2fb6c90b267ca137c46b7cb",
                         *           "voteKeyProof": "822cae49cbc8c3dfe1aa43c64e6f663e33309aa1a1031012f15e4661f141bb8aabf1c8a2464f9d021b67b051da0f673d078ac23e9aea9b6fce1e408cea721b8cc2a7b76f6e099dd60208a566cfea0e8a35ad86c9b145820e6d5709d77e3eefe4",
                         *           "exchangeKey": "a8e8be83cd15d2bc886900108c2f82df14087df2cad33fd73422a2a09824e83a",
                         *           "credentialKey": "e8d12aeea27e83958e38a92168a08947d06e5109f38518641a90918d9fa51850",
                         *           "peerId": "12D3KooWA5JaK4QpJwns8oKEgm8ewgSqgCHpnKaTujn8A4qaxzAM",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7402"
                         *           ]
                         *         },
                         *         {
                         *           "name": "qionghai",
                         *           "displayName": "琼海市住房公积金管理局",
                         *           "laneKey": "a3d7689a87bd1484c5c67691b4e68b6b7c31c291cbf4fd04280279533ca62a19",
                         *           "voteKey": "8997aa50160b4fae4a7676042e115b76f97db30fc5d5bb331a0e438cf3f716ef277333c53b32aede6ac196da97ef8d94",
                         *           "voteKeyProof": "a8ac4fa6ea03acdb1ec642a7afaa499e9e81c3a0c2e0c67d4516670dd8d5ff788a23eb2539fda76b599219011acc70630aa4b6d3eb286bdfcfa01cf98a28c70229119a7f8be4ad0938121cd7d21de4a8358a56cbe64b28cbf141f7eaafde2e76",
                         *           "exchangeKey": "98a8143d9795fa5655b794c7c0e489c24d491defec6e7e6bab5cdc034c09a11e",
                         *           "credentialKey": "b091501d1711a2171a0a95efd74f4e9d2d934f8074defcf13c70561be91eedee",
                         *           "peerId": "12D3KooWMRcKSebsyFek89SBGgbTxB7WSVreG6GePFzb6n88K7jL",
                         *           "addresses": [
                         *             "/ip4/127.0.0.1/tcp/7403"
                         *           ]
                         *         }
                         *       ],
                         *       "observers": []
                         *     }
                         */
                        "application/json": Record<string, never>;
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The federation file: the genesis file and the end of each epoch since (C12). Verifiers take it like the genesis file. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example ChJoYW5zYS1mZWRlcmF0aW9uLzESmyJ7CiAgImZvcm1hdCI6ICJoYW5zYS1nZW5lc2lzLzEiLAogICJuYW1lIjogIkhhaW5hbiAodGVzdCkiLAogICJ0ZXN0RmVkZXJhdGlvbiI6IHRydWUsCiAgImNyZWF0ZWRBdE1zIjogMTc5MzQ5MTIwMDAwMCwKICAidXRjT2Zmc2V0TWludXRlcyI6IDQ4MCwKICAicGFyYW1ldGVycyI6IHsKICAgICJkZWx0YU1zIjogNTAwLAogICAgImlkbGVJbnRlcnZhbE1zIjogNTAwMCwKICAgICJyZXNlbmRNcyI6IDEwMDAsCiAgICAicmVzeW5jTXMiOiAyMDAwLAogICAgInRpbWVvdXRHcm93dGgiOiAxLjUsCiAgICAidGltZW91dENhcE1zIjogMzAwMDAKICB9LAogICJwb2xpY3kiOiB7CiAgICAibGlzdGluZyI6IHsKICAgICAgInB1Ymxpc2hNb250aHNNYXgiOiBbCiAgICAgICAgMywKICAgICAgICAxMiwKICAgICAgICAzNgogICAgICBdLAogICAgICAic2hhcmVNb250aHNNYXgiOiBbCiAgICAgICAgMjQsCiAgICAgICAgMzYsCiAgICAgICAgNjAKICAgICAgXSwKICAgICAgInJlc3RyaWN0TW9udGhzTWF4IjogWwogICAgICAgIDI0LAogICAgICAgIDM2LAogICAgICAgIDYwCiAgICAgIF0sCiAgICAgICJwdWJsaXNoTW9udGhzTWluIjogWwogICAgICAgIDAsCiAgICAgICAgMywKICAgICAgICAxMgogICAgICBdLAogICAgICAib2JqZWN0aW9uRGF5c01pbiI6IDcKICAgIH0sCiAgICAiY2VydGlmaWNhdGUiOiB7CiAgICAgICJ2YWxpZGl0eU1vbnRoc01heCI6IDIKICAgIH0sCiAgICAiZGlzcHV0ZSI6ICJmbGFnIiwKICAgICJsb29rdXAiOiB7CiAgICAgICJldmFsdWF0aW9uc1BlckhvdXIiOiA1MCwKICAgICAgInN0YWxlQWZ0ZXJNcyI6IDYwMDAwMCwKICAgICAgInN0YWxlQW5zd2VycyI6ICJyZWZ1c2UiCiAgICB9LAogICAgImFjY2VzcyI6IHsKICAgICAgImJhdGNoTXMiOiAzNjAwMDAwLAogICAgICAibGVnYWxCYXNlcyI6IFsKICAgICAgICAiTElTVElOR19SRVZJRVciLAogICAgICAgICJMT0FOX0RFQ0lTSU9OIiwKICAgICAgICAiQ09VUlRfT1JERVIiCiAgICAgIF0KICAgIH0KICB9LAogICJhdXRob3JpdGllcyI6IFsKICAgIHsKICAgICAgIm5hbWUiOiAiaGFpa291IiwKICAgICAgImRpc3BsYXlOYW1lIjogIua1t+WPo+W4guS9j+aIv+WFrOenr+mHkeeuoeeQhuWxgCIsCiAgICAgICJsYW5lS2V5IjogImY0NTE3ZjE0MTk0MTY4ZTQ0ZDk2YjkwNDQzZmFlZThmNzhhOGQ2ODFiYmZkZGY5YzQ5MzBmZjI4OGVhYWNhZDIiLAogICAgICAidm90ZUtleSI6ICI4ZDU3Zjg3MTE5Yjg1ZWFlMzJiNTg5NjNmZDU2NDc5NzA1MzlkMmE1NGI5MTU1MWExNjMzYWNiODkwZWUzZTkzYWRiMTkyNjllYjhlN2M0Nzg1NDQwNjg5YzA2MDdhZWMiLAogICAgICAidm90ZUtleVByb29mIjogIjk5MTBjN2Y2NTgyNzY4OTVmNDZhNTE4OWQ3NzZiYTExNDdlOGVlMDZlNjM2NmRhZmJkZjA2MzVlOGQ2ODI1MGY2ZGM2MDg1ZWI1YWY4OGE2MzlhN2UwMGY5YzYwNWU5NjExYWIxOTliZmNlYjZjNjU2MGFlY2NjZWIzYmZiMTAxOTQ4ZGZlZjA4ZTNhNTQzMGY0NjRhZmMzMGM0MTU0MDg2NGIxMTRlNTY2OWZkMDJmNWU4NWM0NGRmYjg4YTMwOCIsCiAgICAgICJleGNoYW5nZUtleSI6ICIxMWQ2ZjgyNjU1M2IxZTRlMGIwZjg5YmY0NTAxODVhM2FjZTRlZjcyZWY5MWYwYzNlOTA5Mjg3N2FiYTFlNTcxIiwKICAgICAgImNyZWRlbnRpYWxLZXkiOiAiNzUwYzFhYTAzZTZjMzk0YTAxNGYwNmEwMWYxMjFkMGNkYWY4MGQyZDdmYWExNjVkNjkzZGJhZjQzYzZiYTY1ZSIsCiAgICAgICJwZWVySWQiOiAiMTJEM0tvb1dyNmdkNXZwbjdXU25QNGlGMzRQb1JGR1IxNmRLTUJKU3A0ekdaYlhBcVA0SiIsCiAgICAgICJhZGRyZXNzZXMiOiBbCiAgICAgICAgIi9pcDQvMTI3LjAuMC4xL3RjcC83NDAwIgogICAgICBdCiAgICB9LAogICAgewogICAgICAibmFtZSI6ICJzYW55YSIsCiAgICAgICJkaXNwbGF5TmFtZSI6ICLkuInkuprluILkvY/miL/lhaznp6/ph5HnrqHnkIblsYAiLAogICAgICAibGFuZUtleSI6ICJjZGVkZTUwNWU1MDFkYmMzZWY5MWUyMTY1MjBlZDFhYjY0OWZkMThjODNkNGNhZDBmOWEyOTNjOWJjZTY3OTY1IiwKICAgICAgInZvdGVLZXkiOiAiYjU1ZGY2ZGYyODJmMDdjOGU2M2ViZjc0ZmNjM2U2M2UxNmM2OTM4MTQ3YWRhNTdiZDI4Yzc5MDdiZjNmOWFjMTI2MTAyNTIwNTAzMTYyZjgzNzM2NGYyNmU4NjExMTk2IiwKICAgICAgInZvdGVLZXlQcm9vZiI6ICI5NjEyYjFjNGZiMDNmNjVlNzk3NmViNmVlM2M2ZTU4M2M1MDliNDU3Njc5YzNkZjJlMjViNTAyM2Q4OGY5NzFhMGMxNTdlOTJmM2FjY2Y2YzkxOTdjOWY5YWRmNDhhZjAxMWMzOGE1ZjU1MmIzYWU0NDE1OGZkZWRlN2U2ZTkwMWYzYjAzZGM1ZTQyYmU1OWIyMmFlOTNlOGIyOTg3MWIzNmQwYjI5ODg4NGJmMjE1YWYzMDZkYmMxZjdmM2E2YjEiLAogICAgICAiZXhjaGFuZ2VLZXkiOiAiZWE3MmI1Y2U0MTZmMTgwMjc3Mzg1ZmEzZjU0NGExZGI4ZjQ3ODFkZjM1YjdhZWNmMmU5MWVkODMyMGM4ZjU3YyIsCiAgICAgICJjcmVkZW50aWFsS2V5IjogImYxOTkxYWYwZGY1YWMyNTJmNzQyNjIxYTJhZWZlMGNiZGRmNmEwNmE4NmU5NWJmMDM2Y2UzMjJjZDVjOTUzMTEiLAogICAgICAicGVlcklkIjogIjEyRDNLb29XNzhKdVJ3ejJ2QnR5ZzNIbUd4bXVzdHNuNXpLTTNOUlN3S2d5OUczb1NNbXgiLAogICAgICAiYWRkcmVzc2VzIjogWwogICAgICAgICIvaXA0LzEyNy4wLjAuMS90Y3AvNzQwMSIKICAgICAgXQogICAgfSwKICAgIHsKICAgICAgIm5hbWUiOiAiZGFuemhvdSIsCiAgICAgICJkaXNwbGF5TmFtZSI6ICLlhIvlt57luILkvY/miL/lhaznp6/ph5HnrqHnkIblsYAiLAogICAgICAibGFuZUtleSI6ICI2ZjQ4OGE5ZmUyYzI3NjU0MWQ3NDMyOThhOGE4YjdmNmNmMzRlYmIyZThmYTUwOTM1ZjZiMTZhNzFlZjI3NTdkIiwKICAgICAgInZvdGVLZXkiOiAiYjdmNzExMDBiY2Q4Y2UxZWJiMGQ3ZmNiNGRiODZkNDVmNTc0MWViMWIwNjY2YTM4MjY4MGUxMTIzNTE1ZDk4MjdhOTBhY2YzYjJmYjZjOTBiMjY3Y2ExMzdjNDZiN2NiIiwKICAgICAgInZvdGVLZXlQcm9vZiI6ICI4MjJjYWU0OWNiYzhjM2RmZTFhYTQzYzY0ZTZmNjYzZTMzMzA5YWExYTEwMzEwMTJmMTVlNDY2MWYxNDFiYjhhYWJmMWM4YTI0NjRmOWQwMjFiNjdiMDUxZGEwZjY3M2QwNzhhYzIzZTlhZWE5YjZmY2UxZTQwOGNlYTcyMWI4Y2MyYTdiNzZmNmUwOTlkZDYwMjA4YTU2NmNmZWEwZThhMzVhZDg2YzliMTQ1ODIwZTZkNTcwOWQ3N2UzZWVmZTQiLAogICAgICAiZXhjaGFuZ2VLZXkiOiAiYThlOGJlODNjZDE1ZDJiYzg4NjkwMDEwOGMyZjgyZGYxNDA4N2RmMmNhZDMzZmQ3MzQyMmEyYTA5ODI0ZTgzYSIsCiAgICAgICJjcmVkZW50aWFsS2V5IjogImU4ZDEyYWVlYTI3ZTgzOTU4ZTM4YTkyMTY4YTA4OTQ3ZDA2ZTUxMDlmMzg1MTg2NDFhOTA5MThkOWZhNTE4NTAiLAogICAgICAicGVlcklkIjogIjEyRDNLb29XQTVKYUs0UXBKd25zOG9LRWdtOGV3Z1NxZ0NIcG5LYVR1am44QTRxYXh6QU0iLAogICAgICAiYWRkcmVzc2VzIjogWwogICAgICAgICIvaXA0LzEyNy4wLjAuMS90Y3AvNzQwMiIKICAgICAgXQogICAgfSwKICAgIHsKICAgICAgIm5hbWUiOiAicWlvbmdoYWkiLAogICAgICAiZGlzcGxheU5hbWUiOiAi55C85rW35biC5L2P5oi/5YWs56ev6YeR566h55CG5bGAIiwKICAgICAgImxhbmVLZXkiOiAiYTNkNzY4OWE4N2JkMTQ4NGM1YzY3NjkxYjRlNjhiNmI3YzMxYzI5MWNiZjRmZDA0MjgwMjc5NTMzY2E2MmExOSIsCiAgICAgICJ2b3RlS2V5IjogIjg5OTdhYTUwMTYwYjRmYWU0YTc2NzYwNDJlMTE1Yjc2Zjk3ZGIzMGZjNWQ1YmIzMzFhMGU0MzhjZjNmNzE2ZWYyNzczMzNjNTNiMzJhZWRlNmFjMTk2ZGE5N2VmOGQ5NCIsCiAgICAgICJ2b3RlS2V5UHJvb2YiOiAiYThhYzRmYTZlYTAzYWNkYjFlYzY0MmE3YWZhYTQ5OWU5ZTgxYzNhMGMyZTBjNjdkNDUxNjY3MGRkOGQ1ZmY3ODhhMjNlYjI1MzlmZGE3NmI1OTkyMTkwMTFhY2M3MDYzMGFhNGI2ZDNlYjI4NmJkZmNmYTAxY2Y5OGEyOGM3MDIyOTExOWE3ZjhiZTRhZDA5MzgxMjFjZDdkMjFkZTRhODM1OGE1NmNiZTY0YjI4Y2JmMTQxZjdlYWFmZGUyZTc2IiwKICAgICAgImV4Y2hhbmdlS2V5IjogIjk4YTgxNDNkOTc5NWZhNTY1NWI3OTRjN2MwZTQ4OWMyNGQ0OTFkZWZlYzZlN2U2YmFiNWNkYzAzNGMwOWExMWUiLAogICAgICAiY3JlZGVudGlhbEtleSI6ICJiMDkxNTAxZDE3MTFhMjE3MWEwYTk1ZWZkNzRmNGU5ZDJkOTM0ZjgwNzRkZWZjZjEzYzcwNTYxYmU5MWVlZGVlIiwKICAgICAgInBlZXJJZCI6ICIxMkQzS29vV01SY0tTZWJzeUZlazg5U0JHZ2JUeEI3V1NWcmVHNkdlUEZ6YjZuODhLN2pMIiwKICAgICAgImFkZHJlc3NlcyI6IFsKICAgICAgICAiL2lwNC8xMjcuMC4wLjEvdGNwLzc0MDMiCiAgICAgIF0KICAgIH0KICBdLAogICJvYnNlcnZlcnMiOiBbXQp9Cg== */
                        "application/vnd.hansa.federation": string;
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The web console. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example <!doctype html><html lang="en"><head><title>Hansa</title></head><body><div id="app"></div></body></html> */
                        "text/html": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Programs, styles and pictures of the web console. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example index-5f0c1d2e.js */
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example globalThis.hansa = {}; */
                        "text/javascript": string;
                        /** @example :root { color-scheme: light dark; } */
                        "text/css": string;
                        /** @example <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg> */
                        "image/svg+xml": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import listings.
         * @description Body: the export (CSV, TSV, JSON lines; UTF-8 or GB18030). Importing a file twice has no second effect.
         */
        post: {
            parameters: {
                query: {
                    /**
                     * @description Name of a built-in mapping, or a mapping file’s text. Default: the mapping named like this city.
                     * @example haikou
                     */
                    mapping?: string;
                    /** @description Check every row, change nothing. */
                    dryRun: boolean;
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example 序号,主体类型,姓名,证件类型,证件号码,失信行为,严重程度,涉及金额,认定文书号,告知日期,异议截止日期,认定日期,限制期限至,经办人,审批人
                     *     1,自然人,测试甲,01,990101199001010019,贷款逾期6期以上,严重,27150.00,测试认字第1号,2026-05-05,2026-05-20,2026-06-02,2029-06-02,op08,ap02
                     *     2,自然人,测试乙,01,990103197506150037,贷款逾期6期以上,一般,8000.00,测试认字第2号,2026-05-05,2026-05-20,2026-06-02,2028-06-02,op08,op08
                     */
                    "text/csv": string;
                    /**
                     * @example XH	ZTLX	XingMing	ZJLX	ZJHM	SXXW	YZCD	SJJE	RDWSH	GZRQ	YYJZRQ	RDRQ	XZQXZ	JBR	SPR
                     *     1	自然人	吴静强	01	990310196810077081	贷款逾期6期以上	一般	223150.00	儋州公积金认字〔2025〕254号	20250205	20250220	20250302	20270302	op19	ap04
                     */
                    "text/tab-separated-values": string;
                    /** @example {"XH": "3", "ZTLX": "自然人", "XingMing": "华强刚", "ZJLX": "01", "ZJHM": "990407197103283187", "SXXW": "其他", "YZCD": "严重", "SJJE_fen": 3385000, "RDWSH": "琼海公积金认字〔2026〕601号", "GZRQ": "2026-01-05", "YYJZRQ": "2026-01-20", "RDRQ": "2026-02-02", "XZQXZ": "2029-02-02", "JBR": "op03", "SPR": "ap02"} */
                    "application/x-ndjson": string;
                    /** @example 0PK6xSzW98zlwODQzSzQ1cP7LNakvP7A4NDNLNakvP66xcLrLMqn0MXQ0M6qLNHP1tizzLbILMnmvLC98LbuLMjPtqjOxMrpusUsuObWqsjVxtos0uzS6b3Y1rnI1cbaLMjPtqjI1cbaLM/e1sbG2s/e1sEsvq2w7MjLLMnzxfrIywoyLNfUyLvIyyzM1c7Es6wsMDEsOTkwMjI1MTk4NzA2MTg2MzU4LLWlzrvT4sbasru9ySzSu7DjLDE5MjU1MC4wMCzI/dHHuau7/b3wyM/X1qGyMjAyNaGzNDY0usUsMjAyNS0wMy0wNSwyMDI1LTAzLTIwLDIwMjUtMDQtMDIsMjAyNy0wNC0wMixvcDA1LGFwMDUK */
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description One JSON object a line, as the import goes on; the last one is a report or a problem. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {"kind":"refused","line":3,"column":"审批人","code":"APPROVERS_NOT_DISTINCT","message":"Handler and approver are the same officer. A second officer must approve."}
                         *     {"kind":"progress","rows":2,"bytes":502}
                         *     {"kind":"report","rows":2,"accepted":1,"unchanged":0,"refused":1,"dryRun":false,"lastLocation":"haikou/1/0","state":"final","height":1}
                         */
                        "application/x-ndjson": {
                            /** @enum {string} */
                            kind: "progress" | "refused" | "report" | "problem";
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import accounts.
         * @description Body: the export (CSV, TSV, JSON lines; UTF-8 or GB18030). Importing a file twice has no second effect.
         */
        post: {
            parameters: {
                query: {
                    /**
                     * @description Name of a built-in mapping, or a mapping file’s text. Default: the mapping named like this city.
                     * @example haikou
                     */
                    mapping?: string;
                    /** @description Check every row, change nothing. */
                    dryRun: boolean;
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example 个人账号,姓名,证件类型,证件号码,单位名称,统一社会信用代码,开户日期,个人缴存基数,单位缴存比例,个人缴存比例,月缴存额,个人账户余额,个人账户状态,缴至年月,连续正常缴存月数,未结清贷款余额,累计贷款次数
                     *     01100000014,钱文,01,990117196304086173,测试单位11,91990100TE5T422587,2011-02-03,34620.00,10%,10%,6924.00,1339794.00,01,2026-06,215,0.00,1
                     */
                    "text/csv": string;
                    /**
                     * @example GRZH	XingMing	ZJLX	ZJHM	DWMC	TYSHXYDM	KHRQ	GRJCJS	DWJCBL	GRJCBL	YJCE	GRZHYE	GRZHZT	JZNY	LXZCJCYS	DKYE	LJDKCS
                     *     03100000000	孙霞平	01	990310199807025372	测试单位38	91990300TE5T54919E	20230921	19280.00	5%	5%	1928.00	203018.40	02	2026-07	117	0.00	1
                     */
                    "text/tab-separated-values": string;
                    /** @example {"GRZH": "04100000000", "XingMing": "许兰敏", "ZJLX": "01", "ZJHM": "99040819921009853X", "DWMC": "测试单位14", "TYSHXYDM": "91990400TE5T15874W", "KHRQ": "2012-10-06", "GRJCJS_fen": 1872000, "DWJCBL": "7%", "GRJCBL": "7%", "YJCE_fen": 262080, "GRZHYE_fen": 7547904, "GRZHZT": "01", "JZNY": "2026-10", "LXZCJCYS": "32", "DKYE_fen": 0, "LJDKCS": "0"} */
                    "application/x-ndjson": string;
                    /** @example uPbIy9XLusUs0NXD+yzWpLz+wODQzSzWpLz+usXC6yy1pc67w/uzxizNs9K7yee74dDF08O0+sLrLL+qu6fI1cbaLLj2yMu9ybTmu/nK/Sy1pc67vcm05rHIwP0suPbIy73JtOaxyMD9LNTCvcm05rbuLLj2yMvVy7un0+C27iy49sjL1cu7p9e0zKwsvcnWwcTq1MIswazQ+NX9s6O9ybTm1MLK/SzOtL3hx+W0+7/u0+C27izA27zGtPu/7rTOyv0KMDIxMDAwMDAwMDAss8LOsNDjLDAxLDk5MDIyNTE5ODEwNzE1Njk2Niyy4srUtaXOuzQxLDkxOTkwMjAwVEU1VDg3MTU1RywyMDE1LTA5LTA1LDEzMDcwLjAwLDEyJSwxMiUsMzEzNi44MCw0MDA4ODMuMDQsMDEsMjAyNi0xMSwxNDIsMC4wMCwyCg== */
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description One JSON object a line, as the import goes on; the last one is a report or a problem. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {"kind":"progress","rows":1,"bytes":433}
                         *     {"kind":"report","rows":1,"accepted":0,"unchanged":1,"refused":0,"dryRun":false}
                         */
                        "application/x-ndjson": {
                            /** @enum {string} */
                            kind: "progress" | "refused" | "report" | "problem";
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Problem */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Stable; docs/errors.md lists all. */
            code: string;
            /** @description What is wrong and what to do now. */
            detail: string;
            instance?: string;
            retryAfterMs?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
